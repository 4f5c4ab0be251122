import FoundationEssentials
internal import GRDB
package import SeedbankModel

/// The recorded replies of a service about one generation.
package struct RecordedReplies: Sendable, Equatable {
  /// The reply to the submit.
  package let submit: [UInt8]?
  /// The last reply to a poll that was kept.
  package let poll: [UInt8]?
}

extension Library {
  /// Returns the recorded replies.
  package func recordedReplies(of id: GenerationID) throws -> RecordedReplies {
    try read { database in
      let statement = try database.cachedStatement(
        sql: "SELECT reply_body, poll_body FROM generation WHERE id = ?")
      let row = try Row.fetchOne(statement, arguments: [id.rawValue])
      return RecordedReplies(
        submit: (row?[0] as Data?).map(Array.init), poll: (row?[1] as Data?).map(Array.init))
    }
  }

  /// Keeps a reply to a poll verbatim, before anything is concluded from it.
  ///
  /// - Throws: `LibraryError`.
  package func keepPollReply(_ reply: [UInt8], of id: GenerationID) throws {
    try write { database in
      try database.execute(
        sql: "UPDATE generation SET poll_body = ?1 WHERE id = ?2 AND poll_body IS NOT ?1",
        arguments: [reply.data, id.rawValue])
    }
  }
}
