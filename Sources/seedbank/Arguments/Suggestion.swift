import SeedbankModel

/// A guess at what a mistyped word was meant to be.
enum Suggestion {
  /// The candidate with the fewest slips from `word`, or nil if none is near.
  static func nearest(to word: String, among candidates: [String]) -> String? {
    let allowed = max(1, word.count / 3)
    let ranked = candidates.map { name in
      (name: name, slips: EditDistance.between(word.lowercased(), name.lowercased()))
    }
    return ranked.filter { $0.slips <= allowed }.min { $0.slips < $1.slips }?.name
  }
}
