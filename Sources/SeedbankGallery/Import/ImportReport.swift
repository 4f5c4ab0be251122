public import SeedbankModel

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
  /// Generations of these images that took tags, a rating or a note from a sidecar.
  public internal(set) var completed = 0
  /// Of these, files that the library knew and lacked.
  public internal(set) var returned = 0
  /// Files found in folders that are not images.
  public internal(set) var otherFiles = 0
  /// Files that stand beside images and were read with them.
  public internal(set) var sidecars = 0
  /// What was found and not looked at: thumbnails, hidden and excluded files.
  public internal(set) var leftOut: [LeftOut] = []
  /// Images that were stored without being decoded, by Debian's name of the library that is missing.
  public internal(set) var undecoded: [String: Int] = [:]
  /// Images by the tool whose record they carry; `none` where they carry none.
  public internal(set) var tools: [String: Int] = [:]
  /// Files that were not imported, with their reasons.
  public internal(set) var problems: [ImportProblem] = []
}
