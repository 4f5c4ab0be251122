import FilePaths
import Platform
import SeedbankImaging
import SeedbankModel
import SeedbankStorage

/// Creates the files of one image: the image, its sidecar and its thumbnails.
struct ImageProducer: Sendable {
  let options: ExportOptions
  let library: LibraryFolder

  /// The task for one image, and its result.
  struct Product: Sendable {
    var files: [ProducedFile] = []
    /// The digits in the names of the thumbnails, if there are any.
    var thumbnail: String?
    /// For a contact sheet.
    var cell: Pixels?
    var isUnreadable = false
    var isSigned = false
    /// Metadata cannot be written into its format, so it is in a sidecar.
    var isUnwritable = false
    var needsSidecar = false
    /// The reference images of the request whose files are in the export.
    var references: [ReferenceImage] = []
  }

  /// The metadata in the image file or its sidecar; empty if there is none.
  func record(of job: ImageJob) -> [UInt8] {
    switch options.metadata {
    case .embed, .sidecar: job.canonical
    case .none, .strip: []
    }
  }

  /// How the file of an image is created.
  ///
  /// Equal texts mean equal files.
  func recipe(_ item: ExportPlan.Item, record: [UInt8]) -> String {
    let link = options.effectiveLink.rawValue
    let source = item.image.digest.hex.prefix(32)
    switch options.metadata {
    case .none, .sidecar: return "\(link) \(source)"
    case .strip: return "strip\(MetadataVersion.current) \(source)"
    case .embed:
      return "embed\(MetadataVersion.current) \(source) \(Digest(of: record).hex.prefix(32))"
    }
  }

  private func sidecarRecipe(_ item: ExportPlan.Item, record: [UInt8]) -> String {
    "sidecar\(MetadataVersion.current) \(Digest(of: record).hex.prefix(32))"
  }

  /// - Parameters:
  ///   - decide: returns the decision about a path and its recipe.
  ///   - decision: the decision about the image itself.
  func product(
    _ item: ExportPlan.Item, record: [UInt8], decision: ExportDecision,
    decide: (RelativePath, String) -> ExportDecision
  ) throws(ExportError) -> Product {
    var product = Product()
    let source = library.absolutePath(of: item.image)
    var bytes: [UInt8]?
    func load() throws(ExportError) -> [UInt8] {
      if let bytes { return bytes }
      let read = try FileCopying.read(source)
      bytes = read
      return read
    }
    if decision.isWriting {
      let words = MetadataWords(item, record: record, software: options.software)
      let encoded = try encode(item, source, words, load: load)
      product.isSigned = encoded.isSigned
      product.isUnreadable = encoded.isUnreadable
      product.isUnwritable = encoded.isUnwritable
      product.needsSidecar = encoded.isUnreadable || encoded.isUnwritable
      product.files.append(
        ProducedFile(
          path: item.path, role: .image, content: encoded.content,
          recipe: recipe(item, record: record),
          decision: decision, owner: item.owner, number: item.number,
          requestedName: item.requestedName, time: item.generation.createdAt))
    }
    if options.metadata == .sidecar || product.isSigned || product.needsSidecar {
      let recipe = sidecarRecipe(item, record: record)
      let sidecar = decide(item.sidecar, recipe)
      let words = MetadataWords(item, record: record, software: options.software)
      product.files.append(
        ProducedFile(
          path: item.sidecar, role: .sidecar,
          content: .bytes(sidecar.isWriting ? words.sidecar : []),
          recipe: recipe, decision: sidecar, owner: item.owner, time: item.generation.createdAt))
    }
    try addReferences(item, to: &product, decide: decide)
    try addThumbnails(item, to: &product, decide: decide, load: load)
    return product
  }

  /// The images that the request refers to, for the page that shows them and the manifest that names them.
  private func addReferences(
    _ item: ExportPlan.Item, to product: inout Product,
    decide: (RelativePath, String) -> ExportDecision
  ) throws(ExportError) {
    guard options.manifests || options.gallery else { return }
    for reference in item.generation.references {
      let source = library.absolutePath(of: reference)
      guard ImageFiles.isThere(source) else { continue }
      let path = ExportLayout.reference(reference)
      // It can have metadata of another tool, or of the person who made it.
      let isStripped = options.metadata == .strip
      let recipe =
        isStripped
        ? "reference-strip\(MetadataVersion.current)"
        : "reference1 \(options.effectiveLink.rawValue)"
      let decision = decide(path, recipe)
      if !decision.isRefusal { product.references.append(reference) }
      var content = FileContent.library(
        path: source, digest: reference.digest, size: reference.bytes)
      if isStripped, decision.isWriting {
        content = .bytes(try stripped(try FileCopying.read(source), at: path))
      }
      product.files.append(
        ProducedFile(
          path: path, role: .reference, content: content, recipe: recipe, decision: decision,
          time: item.generation.createdAt))
    }
  }

  private func addThumbnails(
    _ item: ExportPlan.Item, to product: inout Product,
    decide: (RelativePath, String) -> ExportDecision, load: () throws(ExportError) -> [UInt8]
  ) throws(ExportError) {
    guard options.gallery || options.contactSheet != nil else { return }
    let hex = item.image.digest.hex
    let wanted = PageItem.thumbnailSides.map { side in
      let path = ExportLayout.thumbnail(hex, longSide: side)
      let recipe = "thumbnail1 \(side)"
      return (side: side, path: path, recipe: recipe, decision: decide(path, recipe))
    }
    product.thumbnail = options.gallery ? String(hex.prefix(24)) : nil
    let isNeeded =
      options.contactSheet != nil
      || wanted.contains { $0.decision.isWriting }
    guard isNeeded else { return }
    // Thumbnails are kept as those of the image. They would stay wrong after a damaged file is restored.
    guard Digest(of: try load()) == item.image.digest else {
      product.thumbnail = nil
      product.isUnreadable = true
      return
    }
    do {
      let cell = options.contactSheet.map { SheetLayout($0).cell }
      // Thumbnails have the same bytes with any sheet, so they are not made from the image for a large cell.
      if let cell, cell > wanted.last?.side ?? 0 {
        let large = try Thumbnail.make(of: try load(), longSide: cell, quality: 90).jpeg
        product.cell = try Picture.decode(large).upright
      }
      // The small thumbnail is made from the larger one, because decoding again takes more time without a
      // visible difference.
      var current = try load()
      for thumbnail in wanted.reversed() where options.gallery || product.cell == nil {
        current = try Thumbnail.make(of: current, longSide: thumbnail.side, quality: 82).jpeg
        if cell != nil, product.cell == nil { product.cell = try Picture.decode(current).upright }
        guard options.gallery, thumbnail.decision.isWriting else { continue }
        product.files.append(
          ProducedFile(
            path: thumbnail.path, role: .thumbnail, content: .bytes(current),
            recipe: thumbnail.recipe, decision: thumbnail.decision,
            time: item.generation.createdAt))
      }
    } catch let error as ExportError {
      throw error
    } catch {
      // An image that cannot be decoded is shown without a thumbnail.
      product.thumbnail = nil
      product.isUnreadable = true
    }
  }
}
