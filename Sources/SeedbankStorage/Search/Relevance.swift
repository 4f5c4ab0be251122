/// The score of an index entry for the phrases of a query.
///
/// Each further occurrence of a word adds less to the score, as in BM25. A tag counts more than a
/// note, and a note counts more than a prompt, because people wrote them on purpose. A word early
/// in a prompt describes the image better than a late one. Words that are near each other belong
/// together.
///
/// The rarity of a word and the length of a prompt do not count. Rarity requires reading every
/// posting of the word. The length requires reading the prompt.
enum Relevance {
  /// A position where a phrase of the query begins.
  struct Hit: Hashable, Sendable {
    /// The number of the phrase, from 0.
    let phrase: Int
    /// The column: 0 prompt, 1 note, 2 tag, 3 facet; facets do not count.
    let column: Int
    /// The position in tokens.
    let position: Int
  }

  private static let weights = [1.0, 1.5, 2.5]

  /// Returns the score of an entry.
  ///
  /// - Returns: at least 0; scores can be compared only between entries for the same query.
  static func score(_ hits: [Hit]) -> Double {
    var weight: [Int: Double] = [:]
    var firstInPrompt: [Int: Int] = [:]
    for hit in hits where hit.column < weights.count {
      weight[hit.phrase, default: 0] += weights[hit.column]
      if hit.column == 0 {
        firstInPrompt[hit.phrase] = min(firstInPrompt[hit.phrase] ?? .max, hit.position)
      }
    }
    var score = 0.0
    for phrase in weight.keys.sorted() {
      let sum = weight[phrase] ?? 0
      score += sum / (sum + 1.2)
    }
    let positions = firstInPrompt.sorted { $0.key < $1.key }.map(\.value)
    for position in positions { score += 0.4 / (1 + Double(position) / 8) }
    for (one, other) in zip(positions, positions.dropFirst()) {
      score += 0.6 / Double(max(1, abs(one - other)))
    }
    return score
  }
}
