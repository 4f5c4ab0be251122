import FoundationEssentials
internal import GRDB

extension Library {
  /// The reply to the submit as it is recorded, or nil.
  public func recordedReply(of id: GenerationID) throws -> [UInt8]? {
    try read { database in
      let statement = try database.cachedStatement(
        sql: "SELECT reply_body FROM generation WHERE id = ?")
      return try Data.fetchOne(statement, arguments: [id.rawValue]).map(Array.init)
    }
  }
}
