/// The folding of one character, from a table that is fixed for each value of `SearchIndex.rules`.
package struct ScalarFolding: Sendable {
  /// The role of a character.
  ///
  /// The raw values are those of `FoldingTable`.
  package enum Kind: UInt32 {
    /// Part of a word.
    case letter = 0
    /// Part of a run of a script that is written without spaces.
    case unspaced = 1
    /// A separate word: emoji, currency signs, arrows.
    case symbol = 2
    /// Ends words.
    case separator = 3
    /// Ignored: accents, joiners, variation selectors.
    case ignored = 4
    /// An accent that changes some letters into others, and is ignored after all others.
    case composing = 5
    /// Folded to several characters.
    case expansion = 6
  }

  /// A kind with its character or the index of its expansion.
  package struct Entry: Sendable {
    fileprivate let packed: UInt32

    fileprivate init(_ kind: Kind, _ value: UInt32) { packed = kind.rawValue << 24 | value }

    package var kind: Kind { Kind(rawValue: packed >> 24) ?? .separator }
    package var value: UInt32 { packed & 0xFF_FFFF }
  }

  package static let shared = ScalarFolding()

  let expansions: [[UInt32]]
  /// For each 256 characters, the offset of their entries in `entries`.
  private var pages: [Int32]
  private var entries: [Entry]

  package subscript(scalar: UInt32) -> Entry {
    let entry = entries[Int(pages[Int(scalar >> 8)]) + Int(scalar & 255)]
    return entry.value == Self.itself ? Entry(entry.kind, scalar) : entry
  }

  /// Instead of a value: the character is folded to itself.
  private static let itself: UInt32 = 0xFF_FFFF

  private init() {
    // By scalars, because a bar and a following mark are one Character.
    expansions = FoldingTable.expansions.unicodeScalars.split(separator: "|").map { text in
      text.map(\.value)
    }
    pages = Array(repeating: 0, count: 0x1100)
    entries = []
    entries.reserveCapacity(256 * 200)
    // The first pages contain a single kind, so that whole planes share them.
    for kind in [Kind.letter, .unspaced, .symbol, .separator, .ignored] {
      appendPage(Entry(kind, Self.itself))
    }
    FoldingTable.ranges.withUTF8Buffer { text in
      var reader = PackedNumbers(text)
      var next: UInt32 = 0x80
      while let gap = reader.next(), let shape = reader.next(), let value = reader.next() {
        let first = next + gap
        next = first + shape / 8 + 1
        fill(first..<next, Kind(rawValue: shape % 8) ?? .separator, value)
      }
    }
  }

  private mutating func fill(_ range: Range<UInt32>, _ kind: Kind, _ value: UInt32) {
    let offset = value % 2 == 0 ? Int64(value / 2) : -Int64(value / 2) - 1
    let isUniform = value == 0 && kind.rawValue <= Kind.ignored.rawValue
    var scalar = range.lowerBound
    while scalar < range.upperBound {
      if isUniform, scalar & 255 == 0, scalar + 256 <= range.upperBound {
        pages[Int(scalar >> 8)] = Int32(kind.rawValue) * 256
        scalar += 256
        continue
      }
      let target = kind == .expansion ? value : UInt32(Int64(scalar) + offset)
      entries[place(of: scalar)] = Entry(kind, isUniform ? Self.itself : target)
      scalar += 1
    }
  }

  private mutating func place(of scalar: UInt32) -> Int {
    let number = Int(scalar >> 8)
    if pages[number] == 0 {
      pages[number] = Int32(entries.count)
      appendPage(Entry(.letter, Self.itself))
    }
    return Int(pages[number]) + Int(scalar & 255)
  }

  private mutating func appendPage(_ entry: Entry) {
    entries.append(contentsOf: repeatElement(entry, count: 256))
  }
}

/// Reads numbers in groups of five bits, the lowest first.
private struct PackedNumbers {
  private let text: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  mutating func next() -> UInt32? {
    var value: UInt32 = 0
    var shift: UInt32 = 0
    while position < text.count {
      let digit = Self.digit(text[position])
      position += 1
      value |= (digit & 31) << shift
      shift += 5
      if digit < 32 { return value }
    }
    return nil
  }

  private static func digit(_ character: UInt8) -> UInt32 {
    switch character {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(character - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(character - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(character - UInt8(ascii: "A")) + 36
    case UInt8(ascii: "-"): 62
    default: 63
    }
  }
}
