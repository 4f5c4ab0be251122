public import SeedbankModel

/// Something that is wrong with a library.
///
/// Paths are relative to its folder.
public enum Fault: Hashable, Sendable {
  // The catalog:
  /// SQLite's own words about a broken page, index or constraint.
  case catalogDamaged(String)
  /// An index of a table whose rows are sound disagrees with them, in SQLite's words.
  case rowIndexDamaged(table: String, detail: String)
  /// Pages of the catalog file belong to no table and are not marked as free.
  case unusedPages(count: Int)
  /// Rows of this table point to rows that are gone.
  case danglingRows(table: String, count: Int)
  /// A write-ahead log that breaks off: what was committed after the last good frame is lost.
  case logTorn(goodFrames: Int)
  /// The uid or a digest of this generation has another length than it must.
  case malformedRow(GenerationID)
  case promptHashWrong(count: Int)
  case lateFlagWrong(count: Int)
  case indexStale(IndexFaults)
  /// The search index or a table beside it cannot be read, in SQLite's words.
  case indexDamaged(String)

  // Image files that rows speak of:
  case fileMissing(path: String, [GenerationID])
  /// It was marked as missing, and is there.
  case fileReturned(path: String, [GenerationID])
  case fileUnreadable(path: String)
  case wrongLength(path: String, recorded: Int64, found: Int64)
  /// The bytes are not those that the name says; they may be another image's.
  case wrongBytes(path: String, found: Digest)
  case undecodable(path: String, reason: String)
  /// The catalog says otherwise than the pixels about the format or the size.
  case wrongDescription(path: String, recorded: String, found: String)
  case perceptualHashMissing(path: String)

  // Other files:
  /// An image that no row speaks of.
  case orphan(path: String)
  /// A download that no unfinished generation waits for.
  case strayDownload(path: String)
  /// A thumbnail of no image.
  case strayThumbnail(path: String)
  /// A file that is not part of a library.
  case foreignFile(path: String)

  /// What can be done about a fault.
  public enum Remedy: String, Hashable, Sendable {
    /// `repair` does it, from what is there.
    case repair
    /// Only a backup has it, or another library that holds the same generation.
    case backup
    /// It does no harm; a person may look and remove it.
    case look
  }

  /// What can be done about the fault.
  public var remedy: Remedy {
    switch self {
    case .rowIndexDamaged, .unusedPages, .promptHashWrong, .lateFlagWrong, .indexStale,
      .indexDamaged, .fileReturned, .wrongDescription,
      .perceptualHashMissing, .orphan, .strayThumbnail:
      .repair
    case .catalogDamaged, .danglingRows, .logTorn, .malformedRow, .fileMissing, .fileUnreadable,
      .wrongLength, .wrongBytes, .undecodable:
      .backup
    case .strayDownload, .foreignFile: .look
    }
  }
}

/// What a check found.
public struct CheckReport: Hashable, Sendable {
  /// The faults, in the order in which they were found.
  public var faults: [Fault] = []
  /// Rows and files that were looked at.
  public var generations = 0
  /// Number of checked images.
  public var images = 0
  /// Image files whose bytes were hashed and decoded.
  public var inspected = 0

  /// Image files that are on a remote only, which is not a fault.
  public var remoteFiles = 0
  /// The paths of those whose rows say that they are in the library.
  public var unmarkedRemoteFiles: [String] = []

  /// Whether no fault was found.
  public var isSound: Bool { faults.isEmpty }

  /// Notes damage that stopped a part of the check, unless its cause is known already.
  mutating func noteDamage(_ detail: String) {
    let isKnown = faults.contains { fault in
      if case .catalogDamaged = fault { true } else { false }
    }
    if !isKnown { faults.append(.catalogDamaged(detail)) }
  }

  /// Adds the faults that a later part of the check found.
  mutating func join(_ other: CheckReport) {
    for fault in other.faults {
      if case .catalogDamaged(let detail) = fault {
        noteDamage(detail)
      } else {
        faults.append(fault)
      }
    }
  }

  var hasDamagedIndex: Bool {
    faults.contains { fault in
      if case .indexDamaged = fault { true } else { false }
    }
  }

  /// Makes an empty report.
  public init() {}
}

/// What the decoder says of an image file; Storage itself knows nothing of pixels.
public enum ImageInspection: Hashable, Sendable {
  case sound(format: String, width: Int, height: Int, perceptualHash: UInt64?)
  case undecodable(reason: String)
}
