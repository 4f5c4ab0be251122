public import SeedbankModel

/// The result of a restore.
public struct RestoreReport: Hashable, Sendable {
  /// The number of lines.
  public var lines = 0
  /// The number of generations that are new in the library.
  ///
  /// Negative in a later transaction of a pull if it removes generations that an earlier one added.
  public var added = 0
  /// The number of existing generations in which something changed.
  public var merged = 0
  /// The number of existing generations in which nothing changed.
  public var unchanged = 0
  /// The number of generations that were permanently deleted, here or in the other library before this one
  /// received them, and are skipped.
  public var leftOut = 0
  /// The number of generations that were permanently deleted in the other library, and were moved
  /// to the trash here.
  public var trashed = 0
  /// The number of unfinished generations that were added or changed, and that another library
  /// owns.
  public var held = 0
  /// The number of images without a file in this library; `check` notices a file that is added
  /// later.
  ///
  /// It can be negative where ``added`` can be.
  public var missingImages = 0
  /// Edits of this library that later edits replaced, and requests that differ; at most 1,000.
  public var conflicts: [MergeConflict] = []
  /// The number of these edits and requests.
  public var conflictCount = 0
  /// The number of edits of this library that later edits replaced; they are in the history.
  public var replacedEdits = 0
  /// The generations here that were permanently deleted in another library, also if they were in the trash
  /// already or were restored since.
  var erased: Set<GenerationID> = []
  /// The images of generations that were removed again, because their permanent deletion followed.
  var removedImages: Set<Digest> = []
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

/// A field whose edit in this library was replaced by a later one, or a request that differs.
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
