/// How a reproduction came out against its original: a kind, and the numbers that it rests on.
public struct Verdict: Equatable, Sendable {
  /// From the strictest claim to none.
  public enum Kind: String, Sendable, CaseIterable {
    /// The files are equal, byte for byte.
    case identicalFile = "identical-file"
    /// Other bytes, the same decoded pixels.
    case identicalPixels = "identical-pixels"
    /// Nobody sees the difference: a good recompression, a bit of noise.
    case visuallyIdentical = "visually-identical"
    /// The same image, slightly different all over.
    case nearIdentical = "near-identical"
    /// The same image but for one place.
    case locallyDifferent = "locally-different"
    /// Another image that is composed alike, or the same at another size.
    case similarComposition = "similar-composition"
    case different
  }

  /// How similar the two images are.
  public internal(set) var kind: Kind
  /// The pixels' numbers; nil when the sizes differ, so that no pixel has its counterpart.
  public let difference: PixelDifference?
  /// Bits of 64 by which the perceptual hashes differ.
  public let hashDistance: Int
  /// Whether both images have the same width and height.
  public let sameSize: Bool
  /// What the pixels do not tell.
  public internal(set) var caveats: [VerdictCaveat] = []

  /// Two files with the same digest: there is nothing left to measure.
  public static let identicalFile = Verdict(
    kind: .identicalFile, difference: .none(), hashDistance: 0, sameSize: true)

  /// Compares two images that stand upright, as decoded: alpha is shown on white, colour
  /// profiles are not applied.
  ///
  /// Images of different sizes have no pixels in common; they can only be of similar
  /// composition, or different. For equal files there is `identicalFile`.
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

  /// Decodes both files with today's decoder and compares them.
  ///
  /// - Throws: `ImageError`, of whichever file does not decode.
  public static func compare(
    files original: [UInt8], _ reproduction: [UInt8], limits: DecodeLimits = .standard
  ) throws(ImageError) -> Verdict {
    let first = try Picture.decode(original, limits: limits)
    if original == reproduction { return identicalFile }
    let second = try Picture.decode(reproduction, limits: limits)
    return compare(first, second)
  }

  /// The kind that the pixels alone prove; nil when only the composition is left to look at.
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
