/// A change of a file's metadata as a list of changed ranges.
///
/// All other bytes stay the same.
public struct MetadataEdit: Equatable, Sendable {
  /// A copy that was not written, and the reason.
  ///
  /// The other copies are written.
  public enum Omission: Equatable, Sendable {
    /// The text does not fit into the one segment that JPEG gives Exif (64 KiB).
    case exifTextTooLong
    /// The file's own Exif block is damaged. It is kept unchanged.
    case exifUnreadable
  }

  /// Bytes that replace a range of the original.
  ///
  /// An empty range is an insertion.
  struct Replacement: Equatable, Sendable {
    let range: Range<Int>
    let bytes: [UInt8]
  }

  /// A piece of the edited file, from its beginning to its end.
  public enum Piece: Equatable, Sendable {
    /// These bytes of the original.
    case original(Range<Int>)
    case inserted([UInt8])
  }

  /// In the order of their ranges.
  let replacements: [Replacement]
  /// What the edit cannot write into this file, and why.
  public let omissions: [Omission]
  /// The length of the original file.
  let originalCount: Int

  init(of count: Int, _ replacements: [Replacement], omissions: [Omission] = []) {
    originalCount = count
    self.omissions = omissions
    // Insertions at one place keep their order: the sort is stable.
    self.replacements = replacements.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  /// Nothing changes.
  public var isEmpty: Bool { replacements.isEmpty }

  /// The edited file as pieces, so that it can be written without a second copy in memory.
  public var pieces: [Piece] {
    var pieces: [Piece] = []
    var position = 0
    for replacement in replacements {
      if position < replacement.range.lowerBound {
        pieces.append(.original(position..<replacement.range.lowerBound))
      }
      if !replacement.bytes.isEmpty { pieces.append(.inserted(replacement.bytes)) }
      position = replacement.range.upperBound
    }
    if position < originalCount { pieces.append(.original(position..<originalCount)) }
    return pieces
  }

  /// The edited file.
  ///
  /// `bytes` must be the file that the edit was made for.
  public func applied(to bytes: [UInt8]) -> [UInt8] {
    precondition(bytes.count == originalCount, "an edit can be used for one file only")
    var edited: [UInt8] = []
    edited.reserveCapacity(
      replacements.reduce(originalCount) { $0 + $1.bytes.count - $1.range.count })
    for piece in pieces {
      switch piece {
      case .original(let range): edited += bytes[range]
      case .inserted(let new): edited += new
      }
    }
    return edited
  }
}
