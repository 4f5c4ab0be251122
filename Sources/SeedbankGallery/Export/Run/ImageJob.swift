import SeedbankImaging
import SeedbankStorage

/// One image to export, with what it is to say of itself.
struct ImageJob: Sendable {
  let item: ExportPlan.Item
  /// Of the whole generation.
  let record: GenerationRecord

  /// What the image's own file tells.
  var canonical: [UInt8] { CanonicalRecord.json(record, item.image) }
}

/// What came of it.
struct ImageOutcome: Sendable {
  enum Result: Sendable {
    case decided(ExportDecision)
    /// The library has the image's row, but not its file.
    case missing
  }

  let item: ExportPlan.Item
  var result: Result
  var product = ImageProducer.Product()
  /// Files beside the image that were in the way.
  var refused: [RefusedFile] = []
  var bytes: Int64 = 0

  /// Whether the export holds the image now.
  var isExported: Bool {
    if case .decided(let decision) = result, !decision.isRefusal { true } else { false }
  }
}

extension ExportDecision {
  var isRefusal: Bool {
    if case .refuse = self { true } else { false }
  }
}

extension SelectionReader.Page {
  /// Names the images of the page.
  func jobs(_ plan: inout ExportPlan) -> [ImageJob] {
    generations.flatMap { generation -> [ImageJob] in
      guard let record = records[generation.id] else { return [] }
      let collections = record.archive.map { $0.collections.keys.sorted() } ?? []
      return generation.images.map { image in
        ImageJob(
          item: plan.item(generation, image, collections: collections), record: record)
      }
    }
  }
}
