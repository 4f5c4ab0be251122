import Platform
import SeedbankModel
import SeedbankStorage
import Synchronization

/// What a snapshot wrote.
public struct SnapshotReport: Hashable, Sendable {
  /// Number of generations.
  public var generations = 0
  /// Number of objects with records.
  public var parts = 0
  /// Their size in bytes.
  public var bytes: Int64 = 0

  /// Makes an empty report.
  public init() {}
}

extension RemoteConnection {
  /// Generations of one part.
  private static let partSize = 2_000

  /// Writes all records of the library to the remote, so that a clone need not read every segment.
  ///
  /// The parts are written first, then the list of them: a snapshot that is interrupted is not used.
  ///
  /// - Parameter isDryRun: Whether nothing is written, and only the report is made.
  /// - Throws: `RemoteError.unpushed` if the library has changes that were not pushed; `RemoteError`,
  ///   `LibraryError`.
  public func writeSnapshot(
    isDryRun: Bool = false,
    progress show: @escaping @Sendable (RemoteProgressReport) -> Void = { _ in }
  ) async throws -> SnapshotReport {
    try await open(creating: false)
    if !isDryRun { try await forgetAbsent() }
    let written = try await BlockingWork.run { [library, name] in
      // A copy of a library takes a new id.
      if !isDryRun { _ = try library.writerID() }
      let file = try SnapshotFile(library.temporaryFile())
      let snapshot = try library.snapshot(for: name, partSize: Self.partSize) {
        snapshot, lines, count in
        let header = SegmentHeader(library: snapshot.library, counter: snapshot.counter)
        try file.append(header.line + lines, generations: count)
      }
      return (snapshot, file)
    }
    guard let snapshot = written.0 else { throw RemoteError.unpushed }
    let (file, parts) = (written.1, written.1.parts)
    if !isDryRun { try await write(snapshot, in: file, show) }
    var report = SnapshotReport()
    report.generations = file.generations
    report.parts = parts.count
    report.bytes = parts.reduce(0) { $0 + Int64($1.size) }
    return report
  }

  private func write(
    _ snapshot: RemoteSnapshot, in file: SnapshotFile,
    _ show: @escaping @Sendable (RemoteProgressReport) -> Void
  ) async throws {
    let parts = file.parts
    try await inParallel(parts) { part in
      let bytes = try await BlockingWork.run { try file.bytes(of: part) }
      try await store.write(
        bytes, to: RemoteLayout.snapshotPart(snapshot.counter, of: snapshot.library, part.digest))
      show(RemoteProgressReport(work: .segments, done: part.number, total: parts.count))
    }
    let list = SnapshotList(counters: snapshot.counters, parts: parts.map(\.digest)).json
    try await store.write(
      list, to: RemoteLayout.snapshot(snapshot.counter, of: snapshot.library, Digest(of: list)))
  }

  // MARK: Clone

  /// Merges the newest snapshot into a library that has no generations.
  ///
  /// The segments after it are read as usual. If the snapshot is damaged, all segments are read.
  func readSnapshot(
    since start: MergeStart, _ report: inout PullReport,
    _ show: @escaping @Sendable (RemoteProgressReport) -> Void
  ) async throws {
    guard let newest = try await snapshotLists().first,
      let name = RemoteLayout.SnapshotName(newest.key)
    else { return }
    guard let list = try await snapshotList(name, newest.key) else {
      report.problems.append(RemoteProblem(key: newest.key, kind: .damagedSnapshot))
      return
    }
    guard try await merge(list, name, counters: list.counters, since: start, &report, show) else {
      report.problems.append(RemoteProblem(key: newest.key, kind: .damagedSnapshot))
      return
    }
  }

  /// Merges the records of a snapshot, so that a damaged or absent segment is not needed.
  ///
  /// - Parameter counter: of the segment.
  /// - Returns: whether a snapshot has the records of the segment, and is whole.
  func readSnapshot(
    with counter: Int64, of writer: String, since start: MergeStart,
    _ report: inout PullReport, _ show: @escaping @Sendable (RemoteProgressReport) -> Void
  ) async throws -> Bool {
    for object in try await snapshotLists() {
      guard let name = RemoteLayout.SnapshotName(object.key),
        let list = try await snapshotList(name, object.key),
        counter <= list.counters[writer] ?? 0
      else { continue }
      // The segments of other libraries are read as usual, so no counters are noted.
      if try await merge(list, name, counters: [:], since: start, &report, show) { return true }
    }
    return false
  }

  /// Merges all parts of a snapshot.
  ///
  /// - Parameter counters: noted with the last part.
  /// - Returns: false if a part is damaged.
  private func merge(
    _ list: SnapshotList, _ name: RemoteLayout.SnapshotName, counters: [String: Int64],
    since start: MergeStart, _ report: inout PullReport,
    _ show: @escaping @Sendable (RemoteProgressReport) -> Void
  ) async throws -> Bool {
    var rest = list.parts.map {
      StoredObject(
        key: RemoteLayout.snapshotPart(name.counter, of: name.library, $0), size: 0, version: "")
    }[...]
    while !rest.isEmpty {
      let batch = try await batch(&rest, of: RemoteLayout.snapshots, isSingle: false) { _ in true }
      // The counters are noted with the last part, so the segments are read if it is interrupted.
      let part = PulledSegments(
        snapshotOn: self.name, of: name.library, counters: rest.isEmpty ? counters : [:],
        since: start)
      let before = report.added
      guard batch.isWhole,
        let merged = try await merge(
          batch, part,
          { show(RemoteProgressReport(work: .records, done: before + $0, total: nil)) })
      else { return false }
      report.add(merged, segments: 0)
    }
    return true
  }

  /// The lists of all snapshots, the newest first.
  func snapshotLists() async throws -> [StoredObject] {
    try await store.objects(in: RemoteLayout.snapshots)
      .filter { RemoteLayout.SnapshotName($0.key) != nil }
      .sorted {
        ($0.modified?.milliseconds ?? 0, $0.key) > ($1.modified?.milliseconds ?? 0, $1.key)
      }
  }

  /// Reads the list of a snapshot; nil if it is damaged.
  func snapshotList(
    _ name: RemoteLayout.SnapshotName, _ key: String
  ) async throws -> SnapshotList? {
    let bytes = try await bytes(ofSegment: key, limit: SnapshotList.limit)
    guard let bytes, Digest(of: bytes) == name.digest else { return nil }
    return SnapshotList(json: bytes)
  }

  // MARK: Prune

  /// The objects of snapshots that are older than the newest one of the same library, in the order in which
  /// they must be removed.
  func olderSnapshots(writtenBefore end: Timestamp) async throws -> [String] {
    let objects = try await store.objects(in: RemoteLayout.snapshots)
    var newest: [String: Int64] = [:]
    for name in objects.compactMap({ RemoteLayout.SnapshotName($0.key) }) {
      newest[name.library] = max(newest[name.library] ?? 0, name.counter)
    }
    func isOld(_ library: String, _ counter: Int64, _ object: StoredObject) -> Bool {
      counter < newest[library] ?? 0 && object.modified.map { $0 <= end } ?? false
    }
    // The list goes first: without its parts, it would be a damaged snapshot.
    let lists = objects.filter { object in
      RemoteLayout.SnapshotName(object.key).map { isOld($0.library, $0.counter, object) } ?? false
    }
    let parts = objects.filter { object in
      RemoteLayout.SegmentName(object.key, in: RemoteLayout.snapshots)
        .map { isOld($0.library, $0.counter, object) } ?? false
    }
    return (lists + parts).map(\.key)
  }
}

extension RemoteSnapshot {
  /// Of the last segment of the library itself; 1 if it has written none.
  fileprivate var counter: Int64 { max(counters[library] ?? 0, 1) }
}

/// The compressed parts of a snapshot, in a file, so that they are never in memory as a whole.
private final class SnapshotFile: Sendable {
  struct Part: Sendable {
    let number: Int
    let offset: Int64
    let size: Int
    let digest: Digest
  }

  private struct State {
    var parts: [Part] = []
    var generations = 0
    var end: Int64 = 0
  }

  private let file: Int32
  private let state = Mutex(State())

  /// - Parameter file: an empty file, which is closed with this value.
  init(_ file: Int32) { self.file = file }

  deinit { Platform.close(file) }

  var parts: [Part] { state.withLock { $0.parts } }
  var generations: Int { state.withLock { $0.generations } }

  func append(_ lines: [UInt8], generations: Int) throws {
    guard let bytes = Gzip.compressed(lines) else { throw RemoteError.badReply }
    try bytes.withUnsafeBytes { try FileSystem.write($0, to: file, path: "incoming") }
    state.withLock { state in
      state.parts.append(
        Part(
          number: state.parts.count + 1, offset: state.end, size: bytes.count,
          digest: Digest(of: bytes)))
      state.end += Int64(bytes.count)
      state.generations += generations
    }
  }

  func bytes(of part: Part) throws -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: part.size)
    let count = pread(file, &bytes, part.size, off_t(part.offset))
    guard count == part.size else { throw FileSystem.failure("read", "incoming") }
    return bytes
  }
}
