internal import GRDB
import SeedbankModel

/// What a snapshot of a library on a remote contains.
package struct RemoteSnapshot: Sendable {
  /// The library's id on remotes.
  package let library: String
  /// The last segment of each library whose records are in the snapshot, this library included.
  package let counters: [String: Int64]
}

extension Library {
  /// Passes on all records as lines of segments, some generations at a time.
  ///
  /// They are one state of the catalog, even if other processes write meanwhile. A record refers only to
  /// images that the remote has.
  ///
  /// - Parameters:
  ///   - bytes: of lines, after which a part has no more generations.
  ///   - take: called with the lines of each part, without a header.
  /// - Returns: nil if the library has changes that were not pushed.
  package func snapshot(
    for remote: String, partSize: Int, bytes: Int = 64 << 20,
    take: (_ snapshot: RemoteSnapshot, _ lines: [UInt8], _ generations: Int) throws -> Void
  ) throws -> RemoteSnapshot? {
    try read { database in
      let counters = try Self.progress(with: remote, in: database).mapValues(\.counter)
      guard let own = try Ownership.libraryID(in: database)?.description,
        try !Self.hasUnpushed(for: remote, in: database)
      else { return nil }
      let snapshot = RemoteSnapshot(library: own, counters: counters)
      let known = try KnownImages(on: remote, in: database, isSending: false)
      var writer = JSONWriter()
      try Self.forEachLibraryField(in: database) { line in
        DumpLine.field(line).write(to: &writer)
        writer.newline()
      }
      var last: Int64 = 0
      while true {
        let ids = try Int64.fetchAll(
          database.cachedStatement(
            sql: "SELECT id FROM generation WHERE id > ? ORDER BY id LIMIT ?"),
          arguments: [last, partSize])
        var count = ids.count
        for record in try ArchiveLoader.load(
          ids.map { GenerationID($0) }, folder: folder, in: database)
        {
          try known.prepare(record.forRemotes).record.write(to: &writer)
          writer.newline()
          guard writer.bytes.count >= bytes else { continue }
          // All generations of this page are counted with its first part.
          try take(snapshot, writer.bytes, count)
          count = 0
          writer.removeAll()
        }
        if !writer.bytes.isEmpty { try take(snapshot, writer.bytes, count) }
        guard let end = ids.last else { return snapshot }
        last = end
        writer.removeAll()
      }
    }
  }
}
