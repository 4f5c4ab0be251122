import SeedbankModel
import SeedbankStorage

/// Segments under this library's id that it does not know to have written.
///
/// There are two causes. The remote was removed and added again, or has two names: then the segments say nothing
/// new. Or the library was replaced by an older copy of itself, and its unfinished work may have been sent since.
extension RemoteConnection {
  /// Takes a new id if the remote has a later state of this library.
  ///
  /// If all segments of this library are known, by their counters or by their content, they are noted as its own.
  ///
  /// - Parameter writer: the library's id.
  /// - Returns: the new id; nil if the present one stays.
  func newID(insteadOf writer: String) async throws -> String? {
    let known = try await ownProgress(writer).used
    let newest = try await newestCounter(of: writer, after: known)
    // Read again after the remote: another process may push, and it notes a counter before it writes the segment.
    let used = try await ownProgress(writer).used
    guard newest > used, try await !isContentKnown(of: writer, after: used, upTo: newest) else {
      return nil
    }
    return try await BlockingWork.run { [library] in try library.writerID(replacing: writer) }
  }

  /// The progress of this library's own segments, and the highest counter that it has used.
  func ownProgress(_ writer: String) async throws -> (progress: RemoteProgress, used: Int64) {
    try await BlockingWork.run { [library, name] in
      try library.ownProgress(of: writer, with: name)
    }
  }

  /// The highest counter in the head and the segments of a library.
  private func newestCounter(of writer: String, after counter: Int64) async throws -> Int64 {
    // A listing can be late, and a head is written after its segment: each shows what the other may not.
    let head = try await headCounter(of: writer) ?? 0
    let later = try await store.objects(
      in: RemoteLayout.segments(of: writer),
      after: RemoteLayout.lastSegment(counter, of: writer))
    return later.compactMap { RemoteLayout.SegmentName($0.key)?.counter }
      .reduce(head) { max($0, $1) }
  }

  /// Reads the segments of this library after a counter, and notes them as its own if nothing in them is new.
  ///
  /// - Parameter newest: the highest counter that a head or a listing showed before.
  /// - Returns: whether nothing is new, and no segment is damaged or absent.
  private func isContentKnown(
    of writer: String, after counter: Int64, upTo newest: Int64
  ) async throws -> Bool {
    // Read before the segments are listed: a push writes the segment first.
    let latest = try await headCounter(of: writer) ?? 0
    var rest = try await store.objects(
      in: RemoteLayout.segments(of: writer),
      after: RemoteLayout.lastSegment(counter, of: writer))[...]
    let listed = Set(rest.compactMap { RemoteLayout.SegmentName($0.key)?.counter })
    var (headers, faults) = ([SegmentHeader](), [Int64]())
    while !rest.isEmpty {
      try Task.checkCancellation()
      let batch = try await batch(&rest, isSingle: false) {
        $0 <= counter || listed.contains($0)
      }
      headers += batch.headers
      faults += batch.faults
      guard try await isKnown(batch, of: writer) else { return false }
    }
    // A segment that was replaced by later ones is not needed.
    let needed = headers.sentAgainFrom
    let reached = headers.map(\.counter).reduce(counter) { max($0, $1) }
    // Near the largest number, there would be no counter for the next segments.
    guard reached >= max(latest, newest), reached < 1 << 62,
      faults.allSatisfy({ $0 < needed })
    else { return false }
    // Without its counter, the next push writes a head that is not up to date.
    let progress = RemoteProgress(
      counter: reached, head: reached == latest ? "\(latest)" : nil)
    try await BlockingWork.run { [library, name] in
      try library.note(progress, of: writer, with: name)
    }
    return true
  }

  /// Whether nothing in some of this library's segments is new.
  private func isKnown(_ batch: SegmentBatch, of writer: String) async throws -> Bool {
    guard batch.segments > 0 else { return true }
    let segments = PulledSegments(remote: name, library: writer, progress: nil)
    return try await BlockingWork.run { [library, now] in
      try batch.lines.read { file in
        try library.mergeIfKnown(segments, reading: file, at: now())
      } ?? false
    }
  }
}
