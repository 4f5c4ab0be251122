package import SeedbankModel

/// The values that a dump adds to a record, so that no data is lost that cannot be created again.
package struct RecordArchive: Hashable, Sendable {
  /// The number of submits that were started.
  package var attempts: Int = 0
  /// The library that may carry the generation on.
  package var owner: LibraryID?
  /// When that library adopted it; nil if it recorded the generation itself.
  package var ownedAt: Timestamp?
  /// The exact bytes that were sent or wait to be.
  package var requestBody: [UInt8]?
  /// The recorded reply to the submit.
  package var replyBody: [UInt8]?
  /// The recorded reply to the last poll.
  package var pollBody: [UInt8]?
  /// Oldest first.
  package var events: [Event] = []
  /// Collections by name, with the generation's position in each.
  package var collections: [ExactText: Int64] = [:]
  /// When each field that people edit was last edited.
  package var edits: [EditField: Timestamp] = [:]

  /// Makes an empty archive.
  package init() {}
}
