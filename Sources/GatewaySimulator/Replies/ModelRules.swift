/// The rules of a model in the documentation of its maker.
struct ModelRules: Sendable {
  /// Names of sizes, with the side of their square.
  var presets: [String: Int]
  var defaultSide: Int
  var sides: ClosedRange<Int>?
  var area: ClosedRange<Int>?
  var takesGuidance: Bool

  static let defaultModel = "seedream-3-0-t2i-250415"

  /// nil for an unknown model.
  ///
  /// The id of an endpoint (`ep-…`) means any model.
  static func of(_ model: String) -> ModelRules? {
    let large = 16_777_216
    if model.hasPrefix("seedream-3-0-t2i-") {
      return ModelRules(
        presets: [:], defaultSide: 1024, sides: 512...2048, area: nil, takesGuidance: true)
    } else if model.hasPrefix("seedream-4-0-") {
      return ModelRules(
        presets: ["1K": 1024, "2K": 2048, "4K": 4096], defaultSide: 2048, sides: nil,
        area: 921_600...large, takesGuidance: false)
    } else if model.hasPrefix("seedream-4-5-") {
      return ModelRules(
        presets: ["2K": 2048, "4K": 4096], defaultSide: 2048, sides: nil,
        area: 3_686_400...large, takesGuidance: false)
    } else if model.hasPrefix("seedream-5-0-") {
      return ModelRules(
        presets: ["1K": 1024, "1.5K": 1536, "2K": 2048, "3K": 3072, "4K": 4096],
        defaultSide: 2048, sides: nil, area: 921_600...large, takesGuidance: false)
    } else if model.hasPrefix("ep-") {
      return ModelRules(
        presets: ["1K": 1024, "2K": 2048, "4K": 4096], defaultSide: 1024, sides: nil,
        area: 512 * 512...large, takesGuidance: true)
    }
    return nil
  }

  /// The pixels of a size, or nil if the model does not accept it.
  func pixels(_ size: String?) -> PixelSize? {
    guard let size else { return PixelSize(width: defaultSide, height: defaultSide) }
    if let side = presets[size] { return PixelSize(width: side, height: side) }
    guard let pixels = PixelSize(size) else { return nil }
    if let sides, !sides.contains(pixels.width) || !sides.contains(pixels.height) { return nil }
    if let area {
      guard area.contains(pixels.width * pixels.height) else { return nil }
      guard pixels.width <= pixels.height * 16, pixels.height <= pixels.width * 16 else {
        return nil
      }
    }
    return pixels
  }
}

struct PixelSize: Equatable, Sendable, CustomStringConvertible {
  var width: Int
  var height: Int
}

extension PixelSize {
  /// Reads `WxH`, with sides up to 16,384.
  init?(_ text: String) {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false)
    guard parts.count == 2, let width = Int(parts[0]), let height = Int(parts[1]),
      (1...16_384).contains(width), (1...16_384).contains(height)
    else { return nil }
    self.init(width: width, height: height)
  }

  var description: String { "\(width)x\(height)" }
}
