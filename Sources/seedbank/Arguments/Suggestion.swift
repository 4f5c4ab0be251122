import SeedbankModel

/// Suggests a correction of a misspelled word.
enum Suggestion {
  /// The candidate with the fewest differences from `word`, or nil if none is similar.
  static func nearest(to word: String, among candidates: [String]) -> String? {
    let allowed = max(1, word.count / 3)
    let ranked = candidates.map { name in
      (name: name, slips: EditDistance.between(word.lowercased(), name.lowercased()))
    }
    return ranked.filter { $0.slips <= allowed }.min { $0.slips < $1.slips }?.name
  }
}
