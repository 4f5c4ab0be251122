import FilePaths
import Platform
import SeedbankImaging
import SeedbankModel

/// The files beside the images: page, manifests and contact sheets.
///
/// They are extended for each finished image and get their names last.
struct AuxiliaryFiles {
  private let options: ExportOptions
  private let drafts: ExportFolder
  private var page: PageWriter?
  private var manifest: ManifestWriter?
  private var sheets: ContactSheetMaker?
  /// Pages of contact sheets without their numbers, because the number of pages is not known yet.
  private var sheetDrafts: [FilePath] = []
  /// The newest time of all images.
  ///
  /// In an archive, it is the date of generated files, so that the same export gives the same
  /// bytes.
  private(set) var latest = Timestamp(milliseconds: 0)

  /// A finished file that still has a draft's name.
  struct Finished {
    let draft: FilePath
    let path: RelativePath
    let role: ExportEntry.Role
  }

  init(_ options: ExportOptions, drafts: ExportFolder) throws(ExportError) {
    self.options = options
    self.drafts = drafts
    if options.gallery { page = try PageWriter(path: drafts.draft(), title: options.title) }
    if options.manifests {
      manifest = try ManifestWriter(linesPath: drafts.draft(), tablePath: drafts.draft())
    }
    if let sheet = options.contactSheet {
      sheets = try ContactSheetMaker(sheet, title: options.title)
    }
  }

  /// Characters in captions that no installed font has.
  var charactersWithoutFont: [Unicode.Scalar] { sheets?.charactersWithoutFont.sorted() ?? [] }

  /// Adds the exported images of a page of the selection.
  mutating func add(
    _ outcomes: [ImageOutcome], of selection: SelectionReader.Page
  ) throws(ExportError) {
    var index = 0
    let exported = outcomes.filter(\.isExported)
    while index < exported.count {
      let generation = exported[index].item.generation
      var files: [(CataloguedImage, RelativePath)] = []
      while index < exported.count, exported[index].item.generation.id == generation.id {
        let outcome = exported[index]
        files.append((outcome.item.image, outcome.item.path))
        try page?.add(
          PageItem(
            item: outcome.item, thumbnail: outcome.product.thumbnail,
            month: TimePattern.month.text(
              of: generation.createdAt, offset: options.offset(generation.createdAt)),
            references: outcome.product.references))
        if let cell = outcome.product.cell, let page = try sheets?.add(cell, outcome.item) {
          try keep(page)
        }
        index += 1
      }
      latest = max(latest, generation.createdAt)
      if let record = selection.records[generation.id] {
        try manifest?.add(record, files: files)
      }
    }
  }

  /// Finishes the files in the order of their naming: manifests last.
  mutating func finish() throws(ExportError) -> [Finished] {
    var finished: [Finished] = []
    if let page = try sheets?.finish() { try keep(page) }
    for (index, draft) in sheetDrafts.enumerated() {
      let sheet = try sheets?.sheet(
        try FileCopying.read(draft), number: index + 1, of: sheetDrafts.count)
      unlink(draft)
      if let sheet { finished.append(try write(sheet)) }
    }
    if page != nil {
      try page?.finish()
      finished.append(named(page?.path, ExportLayout.page, .page))
    }
    if manifest != nil {
      try manifest?.finish()
      finished.append(named(manifest?.tablePath, ExportLayout.manifestTable, .manifest))
      finished.append(named(manifest?.linesPath, ExportLayout.manifestLines, .manifest))
    }
    return finished
  }

  private func named(_ draft: FilePath?, _ name: String, _ role: ExportEntry.Role) -> Finished {
    Finished(draft: draft ?? FilePath(""), path: RelativePath(parts: [name]), role: role)
  }

  private mutating func keep(_ page: [UInt8]) throws(ExportError) {
    let draft = drafts.draft()
    try FileCopying.write(page, to: draft)
    sheetDrafts.append(draft)
  }

  private func write(_ sheet: ContactSheetMaker.Sheet) throws(ExportError) -> Finished {
    let draft = drafts.draft()
    try FileCopying.write(sheet.bytes, to: draft)
    return Finished(draft: draft, path: sheet.path, role: .sheet)
  }
}
