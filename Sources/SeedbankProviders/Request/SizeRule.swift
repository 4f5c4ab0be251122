/// The sizes that a model takes.
public struct SizeRule: Equatable, Sendable {
  /// Presets by name, in order of size.
  public let presets: [ImageSize.Preset]
  /// The rule for sizes in pixels.
  public let pixels: PixelRule
  /// Sizes that the gateway's page recommends.
  public let recommended: [ImageSize]

  /// Rules for sizes in pixels.
  public enum PixelRule: Equatable, Sendable {
    /// Each side, in pixels.
    case sides(ClosedRange<Int>)
    /// Width times height, in pixels, and, if known, width divided by height.
    case area(ClosedRange<Int>, ratio: ClosedRange<Double>?)
    /// Width times height and each side, which must be a multiple of a number of pixels and, if known, not
    /// longer than another.
    case steps(
      area: ClosedRange<Int>, ratio: ClosedRange<Double>, multiple: Int, longest: Int? = nil)
    /// Only these.
    case list([ImageSize])
    /// The size cannot be given in pixels.
    case none
    /// Nothing is known that would forbid one.
    case any
  }

  /// Whether a request with this size may be sent.
  public func allows(_ size: ImageSize) -> Bool {
    switch size {
    case .preset(let preset):
      presets.contains(preset)
    case .pixels(let width, let height):
      switch pixels {
      case .sides(let range):
        range.contains(width) && range.contains(height)
      case .area(let range, let ratio):
        range.contains(width * height)
          && ratio?.contains(Double(width) / Double(height)) ?? true
      case .steps(let area, let ratio, let multiple, let longest):
        area.contains(width * height) && ratio.contains(Double(width) / Double(height))
          && width % multiple == 0 && height % multiple == 0
          && max(width, height) <= (longest ?? Int.max)
      case .list(let sizes): sizes.contains(size)
      case .none: false
      case .any: true
      }
    }
  }
}

extension SizeRule: CustomStringConvertible {
  /// The allowed sizes in words, for error messages.
  public var description: String {
    let names = presets.map(\.rawValue).joined(separator: ", ")
    let rule =
      switch pixels {
      case .sides(let range):
        "WxH from \(range.lowerBound)x\(range.lowerBound) to \(range.upperBound)x\(range.upperBound)"
      case .area(let range, let ratio):
        "WxH of \(range.lowerBound) to \(range.upperBound) pixels"
          + (ratio.map { ", ratio 1:\(Int($0.upperBound)) to \(Int($0.upperBound)):1" } ?? "")
      case .steps(let area, let ratio, let multiple, let longest):
        "WxH of \(area.lowerBound) to \(area.upperBound) pixels, sides a multiple of \(multiple)"
          + (longest.map { " up to \($0)" } ?? "")
          + ", ratio 1:\(Int(ratio.upperBound)) to \(Int(ratio.upperBound)):1"
      case .list(let sizes): sizes.map(\.description).joined(separator: ", ")
      case .none: ""
      case .any: "WxH"
      }
    if rule.isEmpty { return names.isEmpty ? "no size" : names }
    return names.isEmpty ? rule : "\(names) or \(rule)"
  }
}
