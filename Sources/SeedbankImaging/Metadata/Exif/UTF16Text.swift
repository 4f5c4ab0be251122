/// UTF-16 of unknown byte order.
enum UTF16Text {
  static func units(_ bytes: some Collection<UInt8>, bigEndian: Bool) -> [UInt16] {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var iterator = bytes.makeIterator()
    while let first = iterator.next(), let second = iterator.next() {
      units.append(
        bigEndian
          ? UInt16(first) << 8 | UInt16(second) : UInt16(second) << 8 | UInt16(first))
    }
    return units
  }

  /// Decodes by the byte order mark, or else in the byte order that is more likely for text, or else in
  /// the byte order of the block.
  static func decode(_ bytes: ArraySlice<UInt8>, otherwiseBigEndian: Bool) -> String {
    let big = units(bytes, bigEndian: true)
    let little = units(bytes, bigEndian: false)
    if big.first == 0xFEFF { return text(big.dropFirst()) }
    if little.first == 0xFEFF { return text(little.dropFirst()) }
    let bigSense = sense(of: big)
    let littleSense = sense(of: little)
    // U+4E00, a Chinese character, is an N in the other byte order, so a few matches prove nothing.
    if abs(bigSense - littleSense) * 8 > big.count {
      return text((bigSense > littleSense ? big : little)[...])
    }
    // A text uses few scripts, so its high bytes repeat and its low bytes vary.
    let bigVariety = Set(big.map { $0 >> 8 }).count
    let littleVariety = Set(little.map { $0 >> 8 }).count
    let isBig = bigVariety == littleVariety ? otherwiseBigEndian : bigVariety < littleVariety
    return text((isBig ? big : little)[...])
  }

  private static func text(_ units: ArraySlice<UInt16>) -> String {
    let end = (units.lastIndex { $0 != 0 } ?? units.startIndex - 1) + 1
    return String(decoding: units[..<end], as: UTF16.self)
  }

  /// ASCII and valid surrogate pairs are rare in the wrong byte order.
  private static func sense(of units: [UInt16]) -> Int {
    var sense = 0
    var previous: UInt16 = 0
    for unit in units {
      if (0x20..<0x7F).contains(unit) || unit == 0x0A || unit == 0x0D || unit == 0x09 { sense += 1 }
      if (0xDC00..<0xE000).contains(unit), (0xD800..<0xDC00).contains(previous) { sense += 2 }
      previous = unit
    }
    return sense
  }
}
