import FoundationEssentials
import SeedbankImaging
import SeedbankModel
import SeedbankSync

/// Verdicts with their values, as text and as JSON.
enum VerdictReport {
  /// - Parameter isReproduction: whether the second one is the result of the same request.
  static func text(
    _ verdicts: [ImageVerdict], _ style: Style, isReproduction: Bool = false
  ) -> String {
    verdicts.map { text($0, style, isReproduction) }.joined()
  }

  private static func text(
    _ verdict: ImageVerdict, _ style: Style, _ isReproduction: Bool
  ) -> String {
    let kind = verdict.verdict.kind
    var names = SafeText.line("\(verdict.original) and \(verdict.reproduction)")
    if isReproduction { names += kind.isPixelEqual ? ", same seed" : ", same seed, pixels differ" }
    var text = "\(names): \(paint(kind, style)), \(meaning(kind))\n"
    if let numbers = numbers(verdict.verdict) { text += "  \(style.faint(numbers))\n" }
    for caveat in verdict.verdict.caveats { text += "  \(SafeText.line(sentence(caveat)))\n" }
    return text
  }

  private static func paint(_ kind: Verdict.Kind, _ style: Style) -> String {
    switch kind {
    case .identicalFile, .identicalPixels, .visuallyIdentical: style.good(kind.rawValue)
    case .nearIdentical, .locallyDifferent, .similarComposition: style.warning(kind.rawValue)
    case .different: style.bad(kind.rawValue)
    }
  }

  /// The meaning of the verdict.
  static func meaning(_ kind: Verdict.Kind) -> String {
    switch kind {
    case .identicalFile: "the files are the same"
    case .identicalPixels: "the files differ, but all pixels are the same"
    case .visuallyIdentical: "the difference is not visible"
    case .nearIdentical: "small differences everywhere"
    case .locallyDifferent: "a difference in one place"
    case .similarComposition: "a similar composition, but different pixels"
    case .different: "neither pixels nor composition are similar"
    }
  }

  private static func sentence(_ caveat: VerdictCaveat) -> String {
    switch caveat {
    case .colorProfiles(let original, let reproduction):
      "their color profiles differ (\(original ?? "none"); \(reproduction ?? "none")): "
        + "the stored values were compared; a screen may show a difference"
    case .bitDepth: "only the upper 8 bits of each sample were compared"
    case .firstFrame: "only the first frame of the animation was compared"
    }
  }

  private static func numbers(_ verdict: Verdict) -> String? {
    guard !verdict.kind.isPixelEqual else { return nil }
    var parts: [String] = []
    if let difference = verdict.difference {
      parts += [
        "mean error \(hundredths(difference.meanAbsoluteError))",
        "worst tile \(hundredths(difference.worstTileError))"
          + " at \(difference.worstTile.x),\(difference.worstTile.y)",
      ]
    } else {
      parts.append("sizes differ")
    }
    return (parts + ["fingerprints differ in \(verdict.hashDistance) of 64 bits"]).joined(
      separator: ", ")
  }

  static func hundredths(_ value: Double) -> String {
    let scaled = Int((value * 100).rounded())
    let rest = scaled % 100
    return "\(scaled / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// One object, or an array for several.
  static func json(_ verdicts: [ImageVerdict]) -> String {
    var writer = JSONWriter()
    if verdicts.count == 1 {
      verdicts[0].write(to: &writer)
    } else {
      writer.array { array in
        for verdict in verdicts { verdict.write(to: &array) }
      }
    }
    writer.newline()
    return writer.text
  }
}

extension Verdict.Kind {
  /// Whether all values are equal.
  var isPixelEqual: Bool { self == .identicalFile || self == .identicalPixels }
}
