public import SeedbankModel

/// What a dump adds to a record, so that nothing is lost that can't be made again.
public struct RecordArchive: Hashable, Sendable {
  /// Submits begun.
  public var attempts: Int = 0
  /// The library that may carry the generation on.
  public var owner: LibraryID?
  /// When that library adopted it; nil if it recorded the generation itself.
  public var ownedAt: Timestamp?
  /// The exact bytes that were sent or wait to be.
  public var requestBody: [UInt8]?
  /// The recorded reply to the submit.
  public var replyBody: [UInt8]?
  /// The recorded reply to the last poll.
  public var pollBody: [UInt8]?
  /// Oldest first.
  public var events: [Event] = []
  /// Collections by name, with the generation's position in each.
  public var collections: [String: Int64] = [:]
  /// When each field that people edit was last edited.
  public var edits: [EditField: Timestamp] = [:]

  /// Makes an empty archive.
  public init() {}
}
