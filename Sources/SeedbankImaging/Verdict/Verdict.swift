/// The result of comparing a reproduction with its original: a kind, and the measured values.
public struct Verdict: Equatable, Sendable {
  /// From the strictest to the least strict.
  public enum Kind: String, Sendable, CaseIterable {
    /// The files are equal, byte for byte.
    case identicalFile = "identical-file"
    /// Other bytes, the same decoded pixels.
    case identicalPixels = "identical-pixels"
    /// The difference is not visible, for example good recompression or slight noise.
    case visuallyIdentical = "visually-identical"
    /// The same image with small differences everywhere.
    case nearIdentical = "near-identical"
    /// The same image except in one place.
    case locallyDifferent = "locally-different"
    /// Another image with a similar composition, or the same image at another size.
    case similarComposition = "similar-composition"
    case different
  }

  /// How similar the two images are.
  public internal(set) var kind: Kind
  /// The difference of the pixels; nil if the sizes differ.
  public let difference: PixelDifference?
  /// Bits of 64 by which the perceptual hashes differ.
  public let hashDistance: Int
  /// Whether both images have the same width and height.
  public let sameSize: Bool
  /// Facts that the pixels do not show.
  public internal(set) var caveats: [VerdictCaveat] = []

  /// The verdict for two files with the same digest.
  public static let identicalFile = Verdict(
    kind: .identicalFile, difference: .none(), hashDistance: 0, sameSize: true)

  /// Compares two upright images.
  ///
  /// Alpha is shown on white, and colour profiles are not applied.
  ///
  /// Images of different sizes can only have a similar composition or be different. For equal files, use
  /// `identicalFile`.
  public static func compare(_ original: Pixels, _ reproduction: Pixels) -> Verdict {
    let sameSize =
      original.width == reproduction.width && original.height == reproduction.height
    if sameSize, original.holdsSamePixels(as: reproduction) {
      return Verdict(
        kind: .identicalPixels, difference: .none(), hashDistance: 0, sameSize: true)
    }
    let first = PerceptualHash(original)
    let second = PerceptualHash(reproduction)
    let difference = sameSize ? PixelDifference(original, reproduction) : nil
    let alike =
      !first.isFeatureless && !second.isFeatureless
      && first.distance(to: second) <= VerdictThresholds.hashDistance
    return Verdict(
      kind: difference.flatMap(kind) ?? (alike ? .similarComposition : .different),
      difference: difference, hashDistance: first.distance(to: second), sameSize: sameSize)
  }

  /// Decodes both files with the current decoder and compares them.
  ///
  /// - Throws: `ImageError` if a file does not decode.
  public static func compare(
    files original: [UInt8], _ reproduction: [UInt8], limits: DecodeLimits = .standard
  ) throws(ImageError) -> Verdict {
    let first = try Picture.decode(original, limits: limits)
    if original == reproduction { return identicalFile }
    let second = try Picture.decode(reproduction, limits: limits)
    return compare(first, second)
  }

  /// The kind by the pixels; nil if only the composition can be compared.
  private static func kind(_ difference: PixelDifference) -> Kind? {
    typealias Limit = VerdictThresholds
    let tile = difference.worstTileError
    let mean = difference.meanAbsoluteError
    if tile <= Limit.identicalTile, mean <= Limit.identicalMean { return .visuallyIdentical }
    guard mean <= Limit.nearMean else { return nil }
    if difference.concentration > Limit.concentration { return .locallyDifferent }
    return tile <= Limit.nearTile ? .nearIdentical : nil
  }
}

extension PixelDifference {
  /// No difference at all.
  static func none() -> PixelDifference {
    PixelDifference(
      meanAbsoluteError: 0, rootMeanSquareError: 0, worstTileError: 0,
      worstTile: PixelPosition(x: 0, y: 0))
  }
}
