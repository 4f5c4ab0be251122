public import Imaging
public import Storage

/// What to import and how.
public struct ImportOptions: Sendable {
  /// Files and folders, absolute.
  public var paths: [String]
  /// Put on everything that comes in.
  public var tags: [TagName]
  /// Nil copies.
  public var link: ImageBatch.Link?

  public init(
    paths: [String], tags: [TagName] = [], link: ImageBatch.Link? = nil
  ) {
    self.paths = paths
    self.tags = tags
    self.link = link
  }
}

/// Why a file did not come in.
public struct ImportProblem: Equatable, Sendable {
  public enum Kind: Equatable, Sendable {
    case unreadable(errno: Int32)
    /// It was written to while it was read.
    case changed
    case tooLarge(bytes: Int64)
    /// It begins as an image and is none to its end.
    case damaged(ImageError)
  }

  public let path: String
  public let kind: Kind
}

/// What an import did, or would do.
public struct ImportReport: Equatable, Sendable {
  /// Files looked at.
  public internal(set) var files = 0
  /// Files that were not, since the import was stopped.
  public internal(set) var filesLeft = 0
  /// Generations made from other tools' images.
  public internal(set) var imported: [GenerationID] = []
  /// Generations that are new in the library; in a dry run those that would be, own records aside.
  public internal(set) var new = 0
  /// Images that carry a record of our own.
  public internal(set) var records = 0
  /// Generations that were here, and took what was newer in such a record.
  public internal(set) var merged = 0
  /// Fields that both sides had edited, and differently.
  public internal(set) var conflicts = 0
  /// Images whose bytes were in the library already.
  public internal(set) var duplicates = 0
  /// Of these, files that the library knew and lacked.
  public internal(set) var returned = 0
  /// Files that are no JPEG, PNG or WebP.
  public internal(set) var otherFiles = 0
  /// Images by the tool whose record they carry; `none` where they carry none.
  public internal(set) var tools: [String: Int] = [:]
  public internal(set) var problems: [ImportProblem] = []
}
