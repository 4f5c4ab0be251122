public import SeedbankModel

/// What an import did, or would do.
public struct ImportReport: Equatable, Sendable {
  /// Number of files that were read.
  public internal(set) var files = 0
  /// Number of files that were not read, because the import was stopped.
  public internal(set) var filesLeft = 0
  /// Generations made from other tools' images.
  public internal(set) var imported: [GenerationID] = []
  /// New generations in the library; in a dry run, those that would be new, without Seedbank's own
  /// records.
  public internal(set) var new = 0
  /// Images with a record of Seedbank.
  public internal(set) var records = 0
  /// Existing generations that took newer data from such a record.
  public internal(set) var merged = 0
  /// Edits of the library that later edits in the files replaced, and requests that differ.
  public internal(set) var conflicts = 0
  /// Images whose bytes were already in the library.
  public internal(set) var duplicates = 0
  /// Generations of these images that got tags, a rating, a note or the text of a tool from a sidecar.
  public internal(set) var completed = 0
  /// The number of these whose file was missing in the library.
  public internal(set) var returned = 0
  /// Files found in folders that are not images.
  public internal(set) var otherFiles = 0
  /// Sidecars that were read with their images.
  public internal(set) var sidecars = 0
  /// Skipped files: thumbnails, hidden and excluded files.
  public internal(set) var leftOut: [LeftOut] = []
  /// Images that were stored without being decoded, by the Debian package of the missing library.
  public internal(set) var undecoded: [String: Int] = [:]
  /// Images by tool; `none` without a tool.
  public internal(set) var tools: [String: Int] = [:]
  /// Files that were not imported, with their reasons.
  public internal(set) var problems: [ImportProblem] = []

  /// Counts an image under the name of another tool.
  mutating func rename(tool before: String, to after: String) {
    tools[before] = tools[before].flatMap { $0 > 1 ? $0 - 1 : nil }
    tools[after, default: 0] += 1
  }
}
