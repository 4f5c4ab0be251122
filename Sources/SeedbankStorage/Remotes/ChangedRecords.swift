package import SeedbankModel

/// Records that changed since the last push: one segment of a remote.
package struct ChangedRecords: Sendable {
  /// JSON Lines, without the header.
  package let lines: [UInt8]
  package let generations: Int
  /// How many of the fields of the library say that a generation was permanently deleted.
  package let deletions: Int
  /// The images of these records whose files are in this library and not yet on the remote.
  package let images: [PushedImage]
  /// The images of these records that are recorded for the remote, whether it still has them or not.
  package let recorded: [PushedImage]
  /// Images of these records that are not sent, because their files here are missing or damaged.
  let damaged: Set<Digest>
  let cursor: PushCursor
  /// The versions of the generations, if they are only a part of the changes.
  let part: [SentVersion]
  /// The generation with the greatest id.
  package let last: GenerationID
  /// Whether they did not change since the remote was added.
  ///
  /// If it was added for a second time, it has their images.
  package let isInitial: Bool
  /// Whether they are the first ones of a push that sends all records again.
  package let restarts: Bool
  /// Whether the library has no other changes, so that its last segments contain all of its records.
  package let completes: Bool
}

/// The version of a generation that was sent.
struct SentVersion: Hashable, Sendable {
  let generation: GenerationID
  let version: Int64
}

/// An image file to be written to a remote.
package struct PushedImage: Hashable, Sendable {
  package let digest: Digest
  package let format: String
  package let bytes: Int64

  package init(digest: Digest, format: String, bytes: Int64) {
    self.digest = digest
    self.format = format
    self.bytes = bytes
  }
}

/// How far the changes of a library have been pushed to a remote.
struct PushCursor: Hashable, Sendable {
  var version: Int64
  var generation: Int64
  var field: Int64

  /// The version before all changes, if all records are sent again.
  static let restartVersion: Int64 = -2

  var restarts: Bool { version == Self.restartVersion }
}
