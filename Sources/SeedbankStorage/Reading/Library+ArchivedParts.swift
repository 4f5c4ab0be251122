internal import GRDB
package import SeedbankModel

/// What a record has beside its generation's own fields.
package struct ArchivedParts: Sendable {
  /// The parts that only a dump contains.
  package var archive: RecordArchive
  /// What finds the parent in another library.
  package var parentUID: UID?
  /// The status as the row has it, with any owner; only loaded with the replies.
  var storedStatus: Status?
}

extension Library {
  /// What a dump adds to these generations, but for the gateway's replies.
  ///
  /// A reply holds addresses that open its images to everybody who has them, so it stays in the library.
  package func archivedParts(
    of ids: [GenerationID]
  ) throws -> [GenerationID: ArchivedParts] {
    try read { try ArchiveLoader.parts(of: ids, withReplies: false, in: $0) }
  }
}
