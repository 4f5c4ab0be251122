import SeedbankImaging

/// Decodes sixel as a terminal does, so that tests can compare the pixels.
struct SixelReader {
  struct Malformed: Error { let rest: String }

  private var rest: Substring
  private var colours: [Int: [UInt8]] = [:]
  private var bytes: [UInt8]
  private let width: Int
  private let height: Int

  static func read(_ text: String) throws -> Pixels {
    var reader = try SixelReader(text)
    try reader.paint()
    guard
      let pixels = Pixels(
        width: reader.width, height: reader.height, layout: .rgb, bytes: reader.bytes)
    else { throw Malformed(rest: text) }
    return pixels
  }

  private init(_ text: String) throws {
    guard text.hasPrefix("\u{1B}P0;1;0q\""), text.hasSuffix("\u{1B}\\") else {
      throw Malformed(rest: text)
    }
    rest = text.dropFirst(9).dropLast(2)
    let raster = Self.numbers(&rest)
    guard raster.count == 4, raster[..<2] == [1, 1] else { throw Malformed(rest: text) }
    width = raster[2]
    height = raster[3]
    bytes = [UInt8](repeating: 77, count: width * height * 3)
  }

  private mutating func paint() throws {
    var (column, top) = (0, 0)
    var colour: [UInt8] = []
    while let character = rest.popFirst() {
      switch character {
      case "$": column = 0
      case "-": (column, top) = (0, top + 6)
      case "#":
        let numbers = Self.numbers(&rest)
        if numbers.count == 5, numbers[1] == 2 {
          colours[numbers[0]] = numbers[2...].map { UInt8(($0 * 255 + 50) / 100) }
        }
        guard let known = colours[numbers[0]] else { throw Malformed(rest: String(rest)) }
        colour = known
      case "!":
        let count = Self.numbers(&rest)[0]
        guard let sixel = rest.popFirst() else { throw Malformed(rest: "") }
        for _ in 0..<count { try put(sixel, &column, top, colour) }
      default: try put(character, &column, top, colour)
      }
    }
  }

  private mutating func put(
    _ character: Character, _ column: inout Int, _ top: Int, _ colour: [UInt8]
  ) throws {
    guard let value = character.asciiValue, (63...126).contains(value), column < width else {
      throw Malformed(rest: "\(character)" + rest)
    }
    for row in 0..<6 where (value - 63) >> row & 1 == 1 {
      guard top + row < height else { throw Malformed(rest: String(rest)) }
      let start = ((top + row) * width + column) * 3
      bytes.replaceSubrange(start..<start + 3, with: colour)
    }
    column += 1
  }

  private static func numbers(_ text: inout Substring) -> [Int] {
    let digits = text.prefix { $0.isNumber || $0 == ";" }
    text = text.dropFirst(digits.count)
    return digits.split(separator: ";").compactMap { Int($0) }
  }
}
