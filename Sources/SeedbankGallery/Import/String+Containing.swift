extension String {
  /// Whether the text contains the bytes of another text.
  ///
  /// The time is in proportion to the lengths of both (Knuth, Morris and Pratt), also for texts that
  /// repeat one character a million times. `contains` would need the product of the lengths.
  func containsBytes(of part: String) -> Bool {
    var (text, part) = (self, part)
    return part.withUTF8 { part in text.withUTF8 { Self.isFound(part, in: $0) } }
  }

  private static func isFound(
    _ part: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard !part.isEmpty else { return true }
    guard part.count <= text.count else { return false }
    let borders = borders(of: part)
    var matched = 0
    for byte in text {
      while matched > 0, part[matched] != byte { matched = Int(borders[matched - 1]) }
      if part[matched] == byte { matched += 1 }
      if matched == part.count { return true }
    }
    return false
  }

  /// For each number of matched bytes, from one: how many of them still match after a mismatch.
  private static func borders(of part: UnsafeBufferPointer<UInt8>) -> [UInt32] {
    var borders = [UInt32](repeating: 0, count: part.count)
    var length = 0
    for index in part.indices.dropFirst() {
      while length > 0, part[length] != part[index] { length = Int(borders[length - 1]) }
      if part[length] == part[index] { length += 1 }
      borders[index] = UInt32(truncatingIfNeeded: length)
    }
    return borders
  }
}
