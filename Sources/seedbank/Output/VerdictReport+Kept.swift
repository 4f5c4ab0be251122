import FoundationEssentials
import SeedbankImaging
import SeedbankModel

extension VerdictReport {
  /// A stored verdict on one line: its kind, its meaning, and the difference of the pixels.
  static func line(_ verdict: RecordedVerdict) -> String {
    guard let kind = Verdict.Kind(rawValue: verdict.kind) else { return verdict.kind }
    let kept = KeptNumbers.read(verdict.detail)
    var text = "\(kind.rawValue), \(meaning(kind))"
    if kept.count > 1 { text += ", the largest difference of \(kept.count) images" }
    let own = kept.count == 1 ? kept.first : kept.first { $0.kind == verdict.kind }
    guard !kind.isPixelEqual, let own else { return text }
    return "\(text) (\(own.words))"
  }

  /// The values of a stored verdict.
  ///
  /// Without the first two, the sizes differed.
  private struct KeptNumbers: Decodable {
    let kind: String?
    let meanError: Double?
    let worstTile: Double?
    let hashDistance: Int?

    enum CodingKeys: String, CodingKey {
      case kind
      case meanError = "mean_absolute_error"
      case worstTile = "worst_tile_rmse"
      case hashDistance = "phash_distance"
    }

    /// The values of each image.
    ///
    /// Those of a single image have no brackets.
    static func read(_ detail: String) -> [KeptNumbers] {
      let data = Data(detail.utf8)
      if let several = try? JSONDecoder().decode([KeptNumbers].self, from: data) { return several }
      return (try? JSONDecoder().decode(KeptNumbers.self, from: data)).map { [$0] } ?? []
    }

    var words: String {
      let parts = [
        meanError.map { "mean error \(hundredths($0))" } ?? "sizes differ",
        worstTile.map { "worst tile \(hundredths($0))" },
        hashDistance.map { "fingerprints differ in \($0) of 64 bits" },
      ]
      return parts.compactMap { $0 }.joined(separator: ", ")
    }
  }
}
