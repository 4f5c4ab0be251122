extension FacetToken {
  /// The character of a token that was appended last, with its offset, if a mark can change it.
  private struct Letter {
    let scalar: UInt32
    let start: Int
  }

  /// Appends a value without its kind, cut at 1,000 bytes.
  static func append(folded value: some StringProtocol, to bytes: inout [UInt8]) {
    let start = bytes.count
    if appendASCII(value, to: &bytes) { return }
    var last: Letter?
    for scalar in value.unicodeScalars {
      if bytes.count - start > 1_000 { break }
      append(scalar.value, to: &bytes, &last)
    }
  }

  /// Appends a value byte by byte if it is ASCII, which is much faster; returns whether it is.
  private static func appendASCII(
    _ value: some StringProtocol, to bytes: inout [UInt8]
  ) -> Bool {
    let start = bytes.count
    return value.utf8.withContiguousStorageIfAvailable { text in
      guard text.allSatisfy({ $0 < 0x80 }) else { return false }
      for byte in text where bytes.count - start <= 1_000 {
        append(ascii: UInt32(byte), to: &bytes)
      }
      return true
    } ?? false
  }

  private static func append(ascii scalar: UInt32, to bytes: inout [UInt8]) {
    switch scalar {
    case 0x30...0x39, 0x61...0x7A: bytes.append(UInt8(scalar))
    case 0x41...0x5A: bytes.append(UInt8(scalar + 32))
    default: UTF8Scalar.append(0xE100 + scalar, to: &bytes)
    }
  }

  private static func append(_ scalar: UInt32, to bytes: inout [UInt8], _ last: inout Letter?) {
    guard scalar >= 0x80 else {
      last = nil
      return append(ascii: scalar, to: &bytes)
    }
    let entry = ScalarFolding.shared[scalar]
    switch entry.kind {
    case .letter, .unspaced:
      if compose(entry.value, in: &bytes, &last) { return }
      last = Letter(scalar: entry.value, start: bytes.count)
      UTF8Scalar.append(entry.value, to: &bytes)
    case .symbol:
      last = nil
      UTF8Scalar.append(entry.value, to: &bytes)
    case .ignored: break
    case .composing: _ = compose(entry.value, in: &bytes, &last)
    case .expansion:
      for part in ScalarFolding.shared.expansions[Int(entry.value)] {
        append(part, to: &bytes, &last)
      }
    case .separator:
      last = nil
      UTF8Scalar.append(0xE100, to: &bytes)
    }
  }

  /// Joins a mark or a part of a syllable with the character before it, as `TextFolding` does.
  ///
  /// - Returns: false if they do not form another character.
  private static func compose(
    _ scalar: UInt32, in bytes: inout [UInt8], _ last: inout Letter?
  ) -> Bool {
    guard let before = last,
      let whole = Composition.letter(before.scalar, scalar)
        ?? Composition.syllable(before.scalar, scalar)
    else { return false }
    bytes.removeSubrange(before.start...)
    UTF8Scalar.append(whole, to: &bytes)
    last = Letter(scalar: whole, start: before.start)
    return true
  }

  /// Whether the index of version 1 of the folding rules has another token for the value.
  ///
  /// In that version, each character was folded for itself.
  package static func hadOtherToken(_ value: String) -> Bool {
    let before = value.unicodeScalars.flatMap { folded(String($0)) }
    let now = folded(value)
    return !before.starts(with: now) || before.count > now.count && now.count <= 1_000
  }
}
