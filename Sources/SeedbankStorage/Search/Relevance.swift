/// How well an entry of the index answers the phrases of a query.
///
/// Much of a word counts for less and less, as in BM25; a tag says more than a note and a note more
/// than a prompt, since people wrote them on purpose; a word early in a prompt tells more of the
/// picture than one late in it; and words that stand near each other belong together. How rare a
/// word is would need every posting of it to be read, and its length the prompt, so neither counts.
enum Relevance {
  /// A place where a phrase of the query begins.
  struct Hit: Hashable, Sendable {
    /// Which phrase, from 0.
    let phrase: Int
    /// 0: prompt, 1: note, 2: tag; 3: a facet, which counts for nothing.
    let column: Int
    /// In tokens.
    let position: Int
  }

  private static let weights = [1.0, 1.5, 2.5]

  /// - Returns: at least 0; only comparisons between entries for the same query mean anything.
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
