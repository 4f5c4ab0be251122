import SeedbankStorage
import Synchronization

/// Creates the files of one group of images.
///
/// Several threads may work on one folder.
///
/// Files are complete before they are recorded, and all of them are recorded in one write before the
/// first one gets its name.
final class FolderWorker: Sendable {
  private let target: FolderTarget
  private let producer: ImageProducer
  private let workers: Int
  /// Thumbnails that are being created.
  ///
  /// Images with the same bytes share them.
  private let claimed = Mutex<Set<RelativePath>>([])

  init(target: FolderTarget, producer: ImageProducer, workers: Int) {
    self.target = target
    self.producer = producer
    self.workers = workers
  }

  private struct Piece: Sendable {
    var outcome: ImageOutcome
    var prepared: [FolderTarget.Prepared] = []
  }

  func outcomes(_ jobs: [ImageJob]) async throws -> [ImageOutcome] {
    let pieces = try await Parallel.map(jobs, workers: workers) { try self.piece($0) }
    try target.file.note(pieces.flatMap { $0.prepared.map(\.entry) })
    _ = try await Parallel.map(pieces, workers: workers) { try self.target.publish($0.prepared) }
    return pieces.map(\.outcome)
  }

  private func piece(_ job: ImageJob) throws -> Piece {
    guard ImageFiles.isThere(job.item.image, in: producer.library) else {
      return Piece(outcome: ImageOutcome(item: job.item, result: .missing))
    }
    let record = producer.record(of: job)
    let decision = target.decide(
      job.item.path, recipe: producer.recipe(job.item, record: record))
    var piece = Piece(outcome: ImageOutcome(item: job.item, result: .decided(decision)))
    guard !decision.isRefusal else { return piece }
    var product = try producer.product(job.item, record: record, decision: decision) {
      path, recipe in
      let isFirst = self.claimed.withLock { $0.insert(path).inserted }
      return isFirst ? self.target.decide(path, recipe: recipe) : .keep
    }
    for file in product.files {
      switch file.decision {
      case .keep: break
      case .refuse(let reason):
        piece.outcome.refused.append(RefusedFile(path: file.path.description, reason: reason))
      case .write, .update:
        let prepared = try target.prepare(file)
        piece.outcome.bytes += prepared.size
        piece.prepared.append(prepared)
      }
    }
    // Their bytes are on disk, so they need not wait for the end of the group.
    product.files = []
    piece.outcome.product = product
    return piece
  }
}
