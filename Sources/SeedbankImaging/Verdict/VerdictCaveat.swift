/// A fact about the files that a verdict on their pixels does not include.
public enum VerdictCaveat: Hashable, Sendable {
  /// Equal values may look different on a screen: the profiles' names, nil if the file names none or it
  /// has no name.
  case colorProfiles(original: String?, reproduction: String?)
  /// At least one has more than 8 bits per sample. 8 bits were compared.
  case bitDepth
  /// At least one is an animation, of which the first frame was compared.
  case firstFrame

  /// The code in JSON.
  public var code: String {
    switch self {
    case .colorProfiles: "color-profiles-differ"
    case .bitDepth: "compared-at-8-bits"
    case .firstFrame: "first-frame-only"
    }
  }
}

extension Verdict {
  /// Compares two decoded files upright, and adds caveats.
  ///
  /// Files with more than 8 bits per sample are never identical, because the bits that decoding removed
  /// may differ.
  public static func compare(_ original: Picture, _ reproduction: Picture) -> Verdict {
    var verdict = compare(original.upright, reproduction.upright)
    let headers = [original.header, reproduction.header]
    if headers.contains(where: { $0.bitDepth > 8 }) {
      verdict.caveats.append(.bitDepth)
      if verdict.kind == .identicalPixels { verdict.kind = .visuallyIdentical }
    }
    if headers.contains(where: \.isAnimated) { verdict.caveats.append(.firstFrame) }
    if original.colorProfile != reproduction.colorProfile {
      verdict.caveats.append(
        .colorProfiles(
          original: original.colorProfile?.name, reproduction: reproduction.colorProfile?.name))
    }
    return verdict
  }
}
