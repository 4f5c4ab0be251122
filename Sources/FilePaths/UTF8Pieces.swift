/// Bytes as scalars, and single bytes if they are not UTF-8.
package struct UTF8Pieces: Sequence, IteratorProtocol {
  /// One scalar, or one byte that belongs to none.
  package enum Piece: Equatable, Sendable {
    case scalar(Unicode.Scalar)
    case byte(UInt8)
  }

  private var rest: ArraySlice<UInt8>

  /// Makes the pieces of these bytes.
  package init(_ bytes: [UInt8]) { rest = bytes[...] }

  /// Returns the next piece, or nil after the last.
  package mutating func next() -> Piece? {
    guard let first = rest.first else { return nil }
    let length =
      switch first {
      case ..<0x80: 1
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    if length > 0, rest.count >= length,
      let scalar = String(validating: rest.prefix(length), as: UTF8.self)?.unicodeScalars.first
    {
      rest = rest.dropFirst(length)
      return .scalar(scalar)
    }
    rest = rest.dropFirst()
    return .byte(first)
  }
}
