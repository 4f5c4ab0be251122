/// The size of the requested image: `WxH` in pixels, or a preset, for which the model chooses the ratio.
public enum ImageSize: Hashable, Sendable {
  case pixels(width: Int, height: Int)
  case preset(Preset)

  /// The longer-side classes that newer models know.
  public enum Preset: String, CaseIterable, Sendable {
    case one = "1K"
    case oneAndAHalf = "1.5K"
    case two = "2K"
    case three = "3K"
    case four = "4K"
  }

  /// The longest side, far beyond all models.
  ///
  /// A larger one is a typing error.
  static let sideLimit = 65_535

  /// Reads `1024x1024` (the x in either case) or `2K`; nil for anything else.
  public init?(_ text: String) {
    if let preset = Preset(rawValue: text.uppercased()) {
      self = .preset(preset)
      return
    }
    let sides = text.lowercased().split(separator: "x", omittingEmptySubsequences: false)
    guard sides.count == 2, let width = Self.side(sides[0]), let height = Self.side(sides[1]) else {
      return nil
    }
    self = .pixels(width: width, height: height)
  }

  private static func side(_ text: Substring) -> Int? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let side = Int(text),
      (1...sideLimit).contains(side)
    else { return nil }
    return side
  }
}

extension ImageSize: CustomStringConvertible {
  /// The text in a request.
  public var description: String {
    switch self {
    case .pixels(let width, let height): "\(width)x\(height)"
    case .preset(let preset): preset.rawValue
    }
  }
}
