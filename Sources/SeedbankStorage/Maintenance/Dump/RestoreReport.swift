public import SeedbankModel

/// The result of a restore.
public struct RestoreReport: Hashable, Sendable {
  /// The number of lines.
  public var lines = 0
  /// The number of generations that are new in the library.
  public var added = 0
  /// The number of existing generations in which something changed.
  public var merged = 0
  /// The number of existing generations in which nothing changed.
  public var unchanged = 0
  /// The number of generations that were permanently deleted here, and are skipped.
  public var leftOut = 0
  /// The number of generations that were permanently deleted in the other library, and were moved
  /// to the trash here.
  public var trashed = 0
  /// The number of unfinished generations that were added or changed, and that another library
  /// owns.
  public var held = 0
  /// The number of images without a file in this library; `check` notices a file that is added
  /// later.
  public var missingImages = 0
  /// Fields that were edited differently on both sides; at most 1,000.
  public var conflicts: [MergeConflict] = []
  /// The number of these fields.
  public var conflictCount = 0
  /// The generations here that were permanently deleted in another library, also if they were in the trash
  /// already or were restored since.
  var erased: Set<GenerationID> = []
  /// The number of fields of the library whose edit was newer than the one here, permanent deletions included.
  var newerFields = 0

  /// Makes an empty report.
  public init() {}

  /// Whether the library had all generations and all edits that the lines contain.
  var isKnown: Bool { added + merged + trashed + newerFields == 0 }

  mutating func note(_ conflict: MergeConflict) {
    conflictCount += 1
    if conflicts.count < 1000 { conflicts.append(conflict) }
  }
}

/// A field that was edited differently on both sides; the newer edit is kept.
public struct MergeConflict: Hashable, Sendable {
  /// Nil for a field of the library.
  public let generation: UID?
  /// A name of `EditField`, or `request` if one uid has two requests: then the library's own is
  /// kept.
  public let field: String
  /// Whether the library's own value was kept.
  public let keptOurs: Bool
}

/// Why a file cannot be restored; nothing was changed.
public enum RestoreError: Error, Hashable, Sendable {
  /// The line with this number is not a record.
  case line(Int, RecordError)
  /// A newer Seedbank wrote it.
  case newerDump(found: Int, supported: Int)
}
