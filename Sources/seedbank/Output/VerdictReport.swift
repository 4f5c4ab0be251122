import FoundationEssentials
import Imaging
import Storage
import Sync

/// Verdicts with their numbers, for people and for programs.
enum VerdictReport {
  static func text(_ verdicts: [ImageVerdict], _ style: Style) -> String {
    verdicts.map { text($0, style) }.joined()
  }

  /// A kept verdict on one line: its kind, what that means, and how far the pixels are apart.
  static func line(_ verdict: RecordedVerdict) -> String {
    guard let kind = Verdict.Kind(rawValue: verdict.kind) else { return verdict.kind }
    let text = "\(kind.rawValue), \(meaning(kind))"
    guard kind != .identicalFile, kind != .identicalPixels,
      let kept = try? JSONDecoder().decode(KeptNumbers.self, from: Data(verdict.detail.utf8))
    else { return text }
    return "\(text) (\(kept.words))"
  }

  /// The numbers of a kept verdict; without the first two the sizes differed.
  private struct KeptNumbers: Decodable {
    let meanError: Double?
    let worstTile: Double?
    let hashDistance: Int?

    enum CodingKeys: String, CodingKey {
      case meanError = "mean_absolute_error"
      case worstTile = "worst_tile_rmse"
      case hashDistance = "phash_distance"
    }

    var words: String {
      let parts = [
        meanError.map { "mean error \(hundredths($0))" } ?? "sizes differ",
        worstTile.map { "worst tile \(hundredths($0))" },
        hashDistance.map { "\($0) of 64 bits of the looks" },
      ]
      return parts.compactMap { $0 }.joined(separator: ", ")
    }
  }

  private static func text(_ verdict: ImageVerdict, _ style: Style) -> String {
    let kind = verdict.verdict.kind
    let names = SafeText.line("\(verdict.original) and \(verdict.reproduction)")
    var text = "\(names): \(paint(kind, style)), \(meaning(kind))\n"
    if let numbers = numbers(verdict.verdict) { text += "  \(style.faint(numbers))\n" }
    return text
  }

  private static func paint(_ kind: Verdict.Kind, _ style: Style) -> String {
    switch kind {
    case .identicalFile, .identicalPixels, .visuallyIdentical: style.good(kind.rawValue)
    case .nearIdentical, .locallyDifferent, .similarComposition: style.warning(kind.rawValue)
    case .different: style.bad(kind.rawValue)
    }
  }

  /// What the evidence says, and no more.
  private static func meaning(_ kind: Verdict.Kind) -> String {
    switch kind {
    case .identicalFile: "the same bytes"
    case .identicalPixels: "other bytes, but every pixel is the same"
    case .visuallyIdentical: "pixels differ, by less than eyes can see"
    case .nearIdentical: "the same picture, slightly different all over"
    case .locallyDifferent: "the same picture but for one place"
    case .similarComposition: "composed alike, but another picture or another size"
    case .different: "another picture"
    }
  }

  private static func numbers(_ verdict: Verdict) -> String? {
    guard verdict.kind != .identicalFile, verdict.kind != .identicalPixels else { return nil }
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
    return (parts + ["\(verdict.hashDistance) of 64 bits of the looks"]).joined(separator: ", ")
  }

  private static func hundredths(_ value: Double) -> String {
    let scaled = Int((value * 100).rounded())
    let rest = scaled % 100
    return "\(scaled / 100).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// One object, or an array where there are several.
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
