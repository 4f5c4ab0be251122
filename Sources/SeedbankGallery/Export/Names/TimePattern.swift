import SeedbankModel

/// A date format with the numeric conversions of `strftime`.
struct TimePattern: Hashable, Sendable {
  private enum Piece: Hashable, Sendable {
    case text(Character)
    case conversion(Character)
  }

  private let pieces: [Piece]

  /// `%Y-%m-%d`.
  static let day = TimePattern(pieces: [
    .conversion("Y"), .text("-"), .conversion("m"), .text("-"), .conversion("d"),
  ])
  /// `%Y-%m`.
  static let month = TimePattern(pieces: [.conversion("Y"), .text("-"), .conversion("m")])

  private init(pieces: [Piece]) { self.pieces = pieces }

  /// Nil if a `%` is followed by another character than `Y y m d H M S j %`, or the pattern is empty.
  init?(_ text: String) {
    var pieces: [Piece] = []
    var rest = text[...]
    while let character = rest.popFirst() {
      guard character == "%" else {
        pieces.append(.text(character))
        continue
      }
      guard let conversion = rest.popFirst() else { return nil }
      switch conversion {
      case "%": pieces.append(.text("%"))
      case "Y", "y", "m", "d", "H", "M", "S", "j": pieces.append(.conversion(conversion))
      default: return nil
      }
    }
    guard !pieces.isEmpty else { return nil }
    self.pieces = pieces
  }

  /// - Parameter offset: the offset from UTC at that time, in seconds.
  func text(of time: Timestamp, offset: Int) -> String {
    let civil = CalendarTime(
      secondsSince1970: Int64((time.seconds + Double(offset)).rounded(.down)))
    return pieces.reduce(into: "") { text, piece in
      switch piece {
      case .text(let character): text.append(character)
      case .conversion(let conversion): text += Self.number(conversion, civil)
      }
    }
  }

  private static func number(_ conversion: Character, _ civil: CalendarTime) -> String {
    switch conversion {
    case "Y": padded(civil.year, 4)
    case "y": padded(civil.year % 100, 2)
    case "m": padded(civil.month, 2)
    case "d": padded(civil.day, 2)
    case "H": padded(civil.hour, 2)
    case "M": padded(civil.minute, 2)
    case "S": padded(civil.second, 2)
    default: padded(civil.dayOfYear, 3)
    }
  }

  static func padded(_ number: Int, _ width: Int) -> String { padded(String(number), width) }

  /// Decimal digits, perhaps with a minus, with zeros before them.
  static func padded(_ number: String, _ width: Int) -> String {
    let digits = number.drop { $0 == "-" }
    let zeros = String(repeating: "0", count: max(0, width - digits.count))
    return number.prefix { $0 == "-" } + zeros + digits
  }
}
