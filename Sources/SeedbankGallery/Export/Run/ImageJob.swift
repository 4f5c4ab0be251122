import SeedbankImaging
import SeedbankStorage

/// One image to export, with its metadata.
struct ImageJob: Sendable {
  let item: ExportPlan.Item
  /// Of the whole generation.
  let record: GenerationRecord

  /// The metadata in the image file.
  var canonical: [UInt8] { CanonicalRecord.json(record, item.image) }
}

/// The result.
struct ImageOutcome: Sendable {
  enum Result: Sendable {
    case decided(ExportDecision)
    /// The library has the row of the image, but not its file.
    case missing
  }

  let item: ExportPlan.Item
  var result: Result
  var product = ImageProducer.Product()
  /// Files beside the image that were not replaced.
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
      let collections = record.archive.map { $0.collections.keys.sorted().map(\.text) } ?? []
      return generation.images.map { image in
        ImageJob(
          item: plan.item(generation, image, collections: collections), record: record)
      }
    }
  }
}
