extension Int {
  /// The lowest `width` bytes, the most significant first.
  func bigEndianBytes(_ width: Int) -> [UInt8] {
    (0..<width).reversed().map { UInt8(truncatingIfNeeded: self >> (8 * $0)) }
  }

  /// The lowest `width` bytes, the least significant first.
  func littleEndianBytes(_ width: Int) -> [UInt8] {
    (0..<width).map { UInt8(truncatingIfNeeded: self >> (8 * $0)) }
  }
}
