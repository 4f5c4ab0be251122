internal import GRDB
package import SeedbankModel

/// The values of a record that are not fields of its generation.
package struct ArchivedParts: Sendable {
  /// The parts that only a dump contains.
  package var archive: RecordArchive
  /// What finds the parent in another library.
  package var parentUID: UID?
  /// The status as the row has it, with any owner; only loaded with the replies.
  var storedStatus: Status?
}

extension Library {
  /// Returns the values that a dump adds to these generations, except the gateway's replies.
  ///
  /// A reply contains addresses that open its images without a key, so it stays in the library.
  package func archivedParts(
    of ids: [GenerationID]
  ) throws -> [GenerationID: ArchivedParts] {
    try read { try ArchiveLoader.parts(of: ids, withReplies: false, in: $0) }
  }
}
