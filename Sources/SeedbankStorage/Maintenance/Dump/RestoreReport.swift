public import SeedbankModel

/// What came of a restore.
public struct RestoreReport: Hashable, Sendable {
  /// Lines that were read.
  public var lines = 0
  /// Generations that were not in the library before.
  public var added = 0
  /// Generations that were, and in which something changed.
  public var merged = 0
  /// Generations that were, and held all of it.
  public var unchanged = 0
  /// Generations that the trash was emptied of here, and that stay out.
  public var leftOut = 0
  /// Generations that the trash was emptied of in the other library, and that went to the trash here.
  public var trashed = 0
  /// Unfinished generations that were added or changed, and that another library owns.
  public var held = 0
  /// Images whose files are not in this library (yet); `check` notices when they come.
  public var missingImages = 0
  /// Fields that both sides had edited, and differently; at most 1,000.
  public var conflicts: [MergeConflict] = []
  /// How many there are of those.
  public var conflictCount = 0

  /// Makes an empty report.
  public init() {}

  mutating func note(_ conflict: MergeConflict) {
    conflictCount += 1
    if conflicts.count < 1000 { conflicts.append(conflict) }
  }
}

/// A field that both sides had edited differently; the newer edit stands.
public struct MergeConflict: Hashable, Sendable {
  /// Nil for what belongs to no one generation.
  public let generation: UID?
  /// As in `EditField`, or `request` where one uid stands for two requests: then ours stays.
  public let field: String
  /// Whether the library's own value was kept.
  public let keptOurs: Bool
}

/// Why a file can't be restored; nothing was changed.
public enum RestoreError: Error, Hashable, Sendable {
  /// The line at this number is no record.
  case line(Int, RecordError)
  /// A newer Seedbank wrote it.
  case newerDump(found: Int, supported: Int)
}
