import SeedbankModel
import SeedbankStorage

extension RemoteConnection {
  /// Segments that were read, and what they refer to.
  struct ReferenceReader {
    var references = ImageReferences()
    private var damaged: [(key: String, segment: RemoteLayout.SegmentName)] = []
    private var seen: Set<String> = []
    private var counters: [String: Set<Int64>] = [:]
    private var headers: [String: [SegmentHeader]] = [:]
    /// The last segment of each library whose records are in a snapshot that was read.
    private var covered: [String: Int64] = [:]

    /// A segment that is damaged, or that others refer to and no listing showed.
    struct Fault {
      let key: String
      let kind: RemoteProblem.Kind
      let library: String
      let counter: Int64
      /// Whether its library sent all its records again, or a snapshot has them.
      let isReplaced: Bool
    }

    var faults: [Fault] {
      let sentAgain = headers.mapValues(\.sentAgainFrom)
      func fault(
        _ key: String, _ kind: RemoteProblem.Kind, _ counter: Int64, _ library: String
      ) -> Fault {
        let isReplaced = counter < sentAgain[library] ?? 0 || counter <= covered[library] ?? 0
        return Fault(
          key: key, kind: kind, library: library, counter: counter, isReplaced: isReplaced)
      }
      return damaged.map { fault($0.key, .damaged, $0.segment.counter, $0.segment.library) }
        + headers.sorted { $0.key < $1.key }.flatMap { library, headers in
          Set(headers.compactMap(\.previous)).subtracting(counters[library] ?? []).sorted()
            .filter { $0 > 0 }
            .map { fault(RemoteLayout.segments($0, of: library), .absentSegment, $0, library) }
        }
    }

    /// The faults, without those of segments that are replaced.
    var problems: [RemoteProblem] {
      faults.filter { !$0.isReplaced }.map { RemoteProblem(key: $0.key, kind: $0.kind) }
    }

    /// - Parameter header: nil for a damaged segment.
    mutating func add(
      _ segment: RemoteLayout.SegmentName, _ key: String, _ header: SegmentHeader?
    ) {
      counters[segment.library, default: []].insert(segment.counter)
      if let header {
        headers[segment.library, default: []].append(header)
      } else {
        damaged.append((key, segment))
      }
    }

    /// Whether a snapshot has the records of a segment that is damaged or absent and not replaced.
    func needs(_ snapshot: SnapshotList) -> Bool {
      faults.contains { !$0.isReplaced && $0.counter <= snapshot.counters[$0.library] ?? 0 }
    }

    /// Adds what a snapshot refers to.
    mutating func add(
      _ snapshot: SnapshotList, of library: String, _ statements: [SegmentStatement],
      writtenAt time: Timestamp
    ) {
      references.add(statements, of: library, writtenAt: time)
      covered.merge(snapshot.counters) { max($0, $1) }
    }

    /// Whether a segment was not read yet.
    mutating func isNew(_ key: String) -> Bool { seen.insert(key).inserted }
  }

  /// Reads the segments that were not read yet.
  func readReferences(
    _ reader: inout ReferenceReader, _ show: @Sendable (RemoteProgressReport) -> Void
  ) async throws {
    let objects = try await store.objects(in: RemoteLayout.segments)
    for (index, object) in objects.enumerated() {
      guard reader.isNew(object.key), let segment = RemoteLayout.SegmentName(object.key) else {
        continue
      }
      let content = try await withLines(of: segment, object.key) { file, header in
        (statements: try Self.statements(in: file), header: header)
      }
      reader.add(segment, object.key, content?.header)
      if let statements = content?.statements {
        reader.references.add(
          statements, of: segment.library,
          writtenAt: object.modified ?? Timestamp(milliseconds: .max))
      }
      show(RemoteProgressReport(work: .segments, done: index + 1, total: objects.count))
    }
  }

  /// Reads snapshots that have the records of damaged or absent segments.
  ///
  /// The library that wrote a segment may not exist any more. Another library that has read the segment
  /// before can then write a snapshot.
  func readCoveringSnapshots(_ reader: inout ReferenceReader) async throws {
    guard !reader.problems.isEmpty else { return }
    for object in try await snapshotLists() {
      guard let name = RemoteLayout.SnapshotName(object.key),
        let list = try await snapshotList(name, object.key), reader.needs(list),
        let statements = try await statements(of: list, name)
      else { continue }
      // A library's own segments are newer than its snapshot or equal. So the snapshot counts as a library of
      // its own, and an image that only the snapshot refers to is kept.
      reader.add(
        list, of: "snapshot \(name.library)", statements,
        writtenAt: object.modified ?? Timestamp(milliseconds: .max))
    }
  }

  /// What all parts of a snapshot refer to; nil if a part is damaged.
  private func statements(
    of list: SnapshotList, _ name: RemoteLayout.SnapshotName
  ) async throws -> [SegmentStatement]? {
    var all: [SegmentStatement] = []
    for digest in list.parts {
      let key = RemoteLayout.snapshotPart(name.counter, of: name.library, digest)
      guard let part = RemoteLayout.SegmentName(key, in: RemoteLayout.snapshots),
        let statements = try await withLines(
          of: part, key, { file, _ in try Self.statements(in: file) })
      else { return nil }
      all += statements
    }
    return all
  }

  /// What the lines of a segment or of a part of a snapshot refer to.
  private static func statements(in file: Int32) throws -> [SegmentStatement] {
    var statements: [SegmentStatement] = []
    try SegmentStatement.forEach(reading: file) { statements.append($0) }
    return statements
  }
}
