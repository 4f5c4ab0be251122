public import SeedbankModel

/// An error in a library.
///
/// Paths are relative to its folder.
public enum Fault: Hashable, Sendable {
  // The catalog:
  /// A damaged page, index or constraint, in SQLite's words.
  case catalogDamaged(String)
  /// An index does not match the rows of its table, which are intact; in SQLite's words.
  case rowIndexDamaged(table: String, detail: String)
  /// Pages of the catalog file belong to no table and are not marked as free.
  case unusedPages(count: Int)
  /// Rows of this table refer to rows that do not exist.
  case danglingRows(table: String, count: Int)
  /// The write-ahead log is incomplete: everything after the last good frame is lost.
  case logTorn(goodFrames: Int)
  /// The uid or a digest of this generation has a wrong length.
  case malformedRow(GenerationID)
  case promptHashWrong(count: Int)
  case lateFlagWrong(count: Int)
  case indexStale(IndexFaults)
  /// The search index or a table beside it cannot be read, in SQLite's words.
  case indexDamaged(String)

  // Image files that rows refer to:
  case fileMissing(path: String, [GenerationID])
  /// The file was marked as missing, but exists.
  case fileReturned(path: String, [GenerationID])
  case fileUnreadable(path: String)
  case wrongLength(path: String, recorded: Int64, found: Int64)
  /// The bytes do not match the name; they may be those of another image.
  case wrongBytes(path: String, found: Digest)
  case undecodable(path: String, reason: String)
  /// The recorded format or size differs from that of the pixels.
  case wrongDescription(path: String, recorded: String, found: String)
  case perceptualHashMissing(path: String)

  // Other files:
  /// An image without a row.
  case orphan(path: String)
  /// A download that no unfinished generation waits for.
  case orphanDownload(path: String)
  /// A thumbnail without an image.
  case orphanThumbnail(path: String)
  /// A file that is not part of a library, or that has the name of one of its folders.
  case foreignFile(path: String)

  /// How a fault can be corrected.
  public enum Remedy: String, Hashable, Sendable {
    /// `repair` corrects it from existing data.
    case repair
    /// Only a backup, or another library with the same generation, has the data.
    case backup
    /// A person may check and remove it. It causes no problem, unless it has the name of a folder of the library.
    case look
  }

  /// How the fault can be corrected.
  public var remedy: Remedy {
    switch self {
    case .rowIndexDamaged, .unusedPages, .promptHashWrong, .lateFlagWrong, .indexStale,
      .indexDamaged, .fileReturned, .wrongDescription,
      .perceptualHashMissing, .orphan, .orphanThumbnail:
      .repair
    // No image is an empty file: the row is of a record without the size.
    case .wrongLength(_, 0, _): .repair
    case .catalogDamaged, .danglingRows, .logTorn, .malformedRow, .fileMissing, .fileUnreadable,
      .wrongLength, .wrongBytes, .undecodable:
      .backup
    case .orphanDownload, .foreignFile: .look
    }
  }
}

/// The result of a check.
public struct CheckReport: Hashable, Sendable {
  /// The faults, in the order in which they were found.
  public var faults: [Fault] = []
  /// The number of checked generations.
  public var generations = 0
  /// Number of checked images.
  public var images = 0
  /// The number of image files whose bytes were hashed and decoded.
  public var inspected = 0

  /// The number of image files that are on a remote only, which is not a fault.
  public var remoteFiles = 0
  /// The paths of files on a remote whose rows say that they are in the library.
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

/// The result of decoding an image file; the storage module does not decode.
public enum ImageInspection: Hashable, Sendable {
  case sound(format: String, width: Int, height: Int, perceptualHash: UInt64?)
  case undecodable(reason: String)
}
