import FoundationEssentials
internal import GRDB
import SeedbankModel

/// Image files, whose rows do not change if a push was to send a file and could not.
extension ChangeTracking {
  /// Counts a change of the generations that refer to a file which is here, so that the next push sends it.
  ///
  /// - Returns: whether there is such a generation.
  @discardableResult
  static func countFile(_ digest: Digest, in database: Database) throws -> Bool {
    try database.cachedStatement(sql: "UPDATE change_clock SET version = version + 1").execute()
    try database.cachedStatement(
      sql: """
        INSERT OR REPLACE INTO changed_generation(id, version)
        SELECT generation_id, (SELECT version FROM change_clock) FROM (\(Library.files))
        WHERE sha256 = ? AND missing_since IS NULL
        """
    ).execute(arguments: [digest.bytes.data])
    return database.changesCount > 0
  }

  /// Counts a change of the generations that refer to a file which was missing and is here again, if a
  /// remote does not have the file.
  ///
  /// Their records may have been sent to that remote without it.
  static func countReturnedFile(_ digest: Digest, in database: Database) throws {
    let isUnsent = try Bool.fetchOne(
      database.cachedStatement(
        sql: """
          SELECT EXISTS (
            SELECT 1 FROM remote WHERE NOT EXISTS (
              SELECT 1 FROM remote_image
              WHERE remote_image.sha256 = ? AND remote_image.remote = remote.name))
          """), arguments: [digest.bytes.data])
    if isUnsent == true { try countFile(digest, in: database) }
  }
}
