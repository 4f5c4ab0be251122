/// The difference between two short words.
package enum EditDistance {
  /// Returns the number of insertions, deletions, replacements and swaps of neighbours that change
  /// one word into the other.
  ///
  /// This is the optimal string alignment distance.
  package static func between(_ first: String, _ second: String) -> Int {
    let first = Array(first)
    let second = Array(second)
    var rows = [Array(0...second.count)]
    for (i, letter) in first.enumerated() {
      var row = [i + 1]
      for (j, other) in second.enumerated() {
        var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (letter == other ? 0 : 1))
        if i > 0, j > 0, letter == second[j - 1], first[i - 1] == other {
          best = min(best, rows[i - 1][j - 1] + 1)
        }
        row.append(best)
      }
      rows.append(row)
    }
    return rows[first.count][second.count]
  }

  /// Returns the candidate nearest to `word`; nil if none is similar enough.
  package static func nearest(to word: String, among candidates: [String]) -> String? {
    guard word.count < 40 else { return nil }
    let best = candidates.map { (between(word, $0), $0) }.min { $0.0 < $1.0 }
    guard let best, best.0 <= (word.count < 4 ? 1 : 2), best.0 < word.count else { return nil }
    return best.1
  }
}
