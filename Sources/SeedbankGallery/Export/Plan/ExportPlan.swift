import SeedbankModel

/// Plans the names of all files of an export, page by page.
///
/// The same selection, options and record give the same plan.
struct ExportPlan {
  let template: NameTemplate
  let grouping: Grouping?
  let offset: @Sendable (Timestamp) -> Int
  let record: ExportRecord
  private var names = NameAllocator()
  private var nextNumber: Int
  /// All paths of this export.
  ///
  /// Other paths of the record are left over.
  private(set) var wanted: Set<RelativePath> = []

  /// One image and its name.
  struct Item: Sendable {
    let generation: Generation
    let image: CataloguedImage
    let number: Int
    /// Names of the collections that hold the generation, in alphabetical order.
    let collections: [String]
    let path: RelativePath
    /// The name before a mark, if it has one.
    let requestedName: String?

    var owner: ExportEntry.Owner {
      ExportEntry.Owner(uid: generation.uid, position: image.position)
    }
    var sidecar: RelativePath { ExportLayout.sidecar(of: path) }
    var reference: String { NameFacts.reference(generation.id, image.position) }
  }

  init(
    template: NameTemplate, grouping: Grouping?, offset: @escaping @Sendable (Timestamp) -> Int,
    record: ExportRecord
  ) {
    self.template = template
    self.grouping = grouping
    self.offset = offset
    self.record = record
    nextNumber = record.lastNumber + 1
    for name in [
      ExportLayout.page, ExportLayout.manifestLines, ExportLayout.manifestTable,
      ExportLayout.record,
    ] {
      names.reserve(RelativePath(parts: [name]))
    }
    // An image keeps its name, even if another image comes before it.
    for (_, path) in record.images { names.reserve(path) }
  }

  /// Gives the image its name: the one from an earlier export, if it still fits.
  mutating func item(
    _ generation: Generation, _ image: CataloguedImage, collections: [String]
  ) -> Item {
    let owner = ExportEntry.Owner(uid: generation.uid, position: image.position)
    let before = record.images[owner].flatMap { record.entries[$0] }
    let number = before?.number ?? nextNumber
    if before?.number == nil { nextNumber += 1 }
    let facts = NameFacts(
      generation: generation, image: image, number: number, collections: collections,
      offset: offset)
    let folders = grouping?.folders(facts) ?? []
    var draft = template.draft(for: facts, under: folders)
    if template == .standard, let before {
      let old = NameTemplate.unpadded.draft(for: facts, under: folders)
      if (before.requestedName ?? before.path.description) == old.path().description { draft = old }
    }
    let requested = draft.path().description
    let path: RelativePath
    if let before, (before.requestedName ?? before.path.description) == requested {
      path = before.path
    } else {
      path = names.claim(draft, reference: facts.reference)
    }
    wanted.insert(path)
    return Item(
      generation: generation, image: image, number: number, collections: collections, path: path,
      requestedName: path.description == requested ? nil : requested)
  }

  /// Notes that a file beside the images is needed too.
  mutating func want(_ path: RelativePath) { wanted.insert(path) }

  /// The files of earlier exports that are no longer needed, deepest folders first.
  var leftovers: [ExportEntry] {
    record.entries.values.filter { !wanted.contains($0.path) }
      .sorted { $0.path.description < $1.path.description }
  }
}
