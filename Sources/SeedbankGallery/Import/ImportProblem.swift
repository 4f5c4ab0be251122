public import FilePaths
import Platform
public import SeedbankImaging

/// Why a file was not imported.
public struct ImportProblem: Hashable, Sendable {
  /// Why a file could not be imported.
  public enum Kind: Hashable, Sendable {
    case unreadable(errno: Int32)
    /// It was written to while it was read.
    case changed
    /// It has more bytes than allowed.
    case tooLarge(bytes: Int64, limit: Int)
    /// It starts like an image, but is damaged or has more pixels than allowed.
    case damaged(ImageError)
    /// It is not an image of a known format.
    case notAnImage(OtherFormat?)
    /// It is not a file.
    case special(SpecialFile)
  }

  /// The path of the file.
  public let path: FilePath
  /// Why the file could not be imported.
  public let kind: Kind
}

/// A file or folder that was found and skipped.
public struct LeftOut: Hashable, Sendable {
  /// Why a file was skipped.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    /// A thumbnail or a cache of another program, or of an export.
    case thumbnail
    /// Its name begins with a dot.
    case hidden
    /// It matches a pattern of `--exclude`.
    case excluded
    /// A named pipe, a socket or a device.
    case special
  }

  /// The path of the file.
  public let path: FilePath
  /// Why the file was skipped.
  public let reason: Reason
  /// The number of files in it, if it is a folder whose files were counted; otherwise 1.
  public let files: Int
  /// Whether the user named it, not only a folder that contains it.
  public let isNamed: Bool
}

/// The kind of an entry that is not a file.
public enum SpecialFile: Hashable, Sendable {
  case pipe
  case socket
  case device
  case other

  init(_ mode: mode_t) {
    self =
      switch mode & S_IFMT {
      case S_IFIFO: .pipe
      case S_IFSOCK: .socket
      case S_IFCHR, S_IFBLK: .device
      default: .other
      }
  }
}

/// Formats that are recognized by their first bytes, but not read.
public enum OtherFormat: String, Hashable, Sendable, CaseIterable {
  case bmp = "BMP"
  case jpeg2000 = "JPEG 2000"
  case tiff = "TIFF"
  case photoshop = "Photoshop"
  case pdf = "PDF"
  case svg = "SVG"
  case video = "video"
  case matroska = "WebM or Matroska"
  case zip = "ZIP"

  /// The format whose signature the bytes begin with, or nil.
  init?(_ bytes: [UInt8]) {
    func begins(_ text: String, at offset: Int = 0) -> Bool {
      bytes.dropFirst(offset).starts(with: text.utf8)
    }
    switch true {
    case begins("BM"): self = .bmp
    case begins("II*\0"), begins("MM\0*"): self = .tiff
    case begins("8BPS"): self = .photoshop
    case begins("%PDF"): self = .pdf
    case begins("<svg"): self = .svg
    case begins("PK\u{3}\u{4}"): self = .zip
    case bytes.starts(with: [0x1A, 0x45, 0xDF, 0xA3]): self = .matroska
    case begins("jP  ", at: 4): self = .jpeg2000
    case begins("ftyp", at: 4): self = .video
    default: return nil
    }
  }
}
