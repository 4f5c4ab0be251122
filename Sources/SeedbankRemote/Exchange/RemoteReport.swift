public import SeedbankStorage

/// An object that was skipped, and the reason.
public struct RemoteProblem: Hashable, Sendable {
  /// What is wrong with it.
  public enum Kind: Hashable, Sendable {
    /// Its bytes do not have the digest in its name, or cannot be read.
    case damaged
    /// Its bytes do not have the digest in its name, and they are thumbnails, which can be made again.
    case damagedThumbnails
    /// It is a snapshot that cannot be read; all segments are read instead.
    case damagedSnapshot
    /// Its name is not one that Seedbank writes.
    case foreign
    /// A record refers to it, and it does not exist.
    case absent
    /// Another segment or a head refers to it, and no listing shows it.
    case absentSegment
    /// It is a damaged or absent segment whose library sent all its records again, or whose records are in a snapshot.
    case replacedSegment
    /// Its size is not the recorded one.
    case wrongSize
    /// The file in this library is missing or damaged, so it was not pushed.
    case localDamaged
    /// Two segments have the same counter.
    case counterUsedTwice
    /// The head names another counter than that of the last segment.
    case staleHead
    /// A library wrote segments, but its head does not exist.
    case absentHead
  }

  /// The key of the object on the remote.
  public let key: String
  /// What went wrong.
  public let kind: Kind
  /// Whether the next push of this library repairs it.
  public let isRepairedByPush: Bool

  init(key: String, kind: Kind, isRepairedByPush: Bool = false) {
    self.key = key
    self.kind = kind
    self.isRepairedByPush = isRepairedByPush
  }
}

/// What a push did.
public struct PushReport: Hashable, Sendable {
  /// Number of generations.
  public var generations = 0
  /// Permanent deletions.
  public var deletions = 0
  /// Number of segments.
  public var segments = 0
  /// Number of images.
  public var images = 0
  /// Size of their files in bytes.
  public var imageBytes: Int64 = 0
  /// What could not be done, in the order in which it was found.
  public var problems: [RemoteProblem] = []
  /// Whether the library took a new id, because the remote had a later state of it.
  public var tookNewID = false

  /// Makes an empty report.
  public init() {}
}

/// What a pull or a fetch did.
public struct PullReport: Hashable, Sendable {
  /// Number of segments.
  public var segments = 0
  /// Number of new generations.
  public var added = 0
  /// Number of generations whose fields were merged.
  public var merged = 0
  /// Number of generations that were moved to the trash.
  public var trashed = 0
  /// Number of generations that another library owns.
  public var held = 0
  /// Number of images.
  public var images = 0
  /// Size of their files in bytes.
  public var imageBytes: Int64 = 0
  /// Thumbnails of images whose files were not in the library.
  public var thumbnails = 0
  /// Images that are on the remote and were not downloaded.
  public var remoteImages = 0
  /// Number of edits of this library that later edits replaced; they are in its history.
  public var replacedEdits = 0
  /// These edits, and requests that differ between the libraries; at most 1,000.
  public var conflicts: [MergeConflict] = []
  /// Number of these edits and requests.
  public var conflictCount = 0
  /// What could not be done, in the order in which it was found.
  public var problems: [RemoteProblem] = []
  /// Whether the library took a new id, because the remote had a later state of it.
  public var tookNewID = false

  /// Makes an empty report.
  public init() {}
}

/// What a drop did.
public struct DropReport: Hashable, Sendable {
  /// Number of images.
  public var images = 0
  /// Size of their files in bytes.
  public var imageBytes: Int64 = 0
  /// What could not be done, in the order in which it was found.
  public var problems: [RemoteProblem] = []

  /// Makes an empty report.
  public init() {}
}

/// What a check of a remote found.
public struct RemoteCheckReport: Hashable, Sendable {
  /// Number of libraries that have pushed to the remote.
  public var libraries = 0
  /// Number of segments.
  public var segments = 0
  /// Number of images.
  public var images = 0
  /// Size of their files in bytes.
  public var imageBytes: Int64 = 0
  /// Images that no library refers to; only a deep check finds them.
  ///
  /// They are not faults.
  public var unusedImages = 0
  /// Size of their files in bytes.
  public var unusedBytes: Int64 = 0
  /// What is wrong, in the order in which it was found.
  public var problems: [RemoteProblem] = []

  /// Makes an empty report.
  public init() {}
}

/// How far a push or a pull is.
public struct RemoteProgressReport: Hashable, Sendable {
  /// What is being done.
  public enum Work: Hashable, Sendable {
    case records, images, segments, thumbnails
  }

  /// What is being done.
  public let work: Work
  /// Number of finished parts.
  public let done: Int
  /// Nil if it is not known.
  public let total: Int?
}
