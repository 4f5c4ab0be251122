/// A guess at what a mistyped word was meant to be.
enum Suggestion {
  /// The candidate with the fewest slips from `word`, or nil where none is near.
  static func nearest(to word: String, among candidates: [String]) -> String? {
    let word = Array(word.lowercased())
    let allowed = max(1, word.count / 3)
    let ranked = candidates.map { (name: $0, slips: slips(word, Array($0.lowercased()))) }
    return ranked.filter { $0.slips <= allowed }.min { $0.slips < $1.slips }?.name
  }

  /// Letters left out, added, exchanged, or swapped with their neighbour: the optimal string
  /// alignment distance.
  static func slips(_ left: [Character], _ right: [Character]) -> Int {
    var before: [Int] = []
    var previous = Array(0...right.count)
    for (row, letter) in left.enumerated() {
      var current = [row + 1]
      for (column, other) in right.enumerated() {
        var best = min(
          previous[column + 1] + 1, current[column] + 1,
          previous[column] + (letter == other ? 0 : 1))
        if row > 0, column > 0, letter == right[column - 1], left[row - 1] == other {
          best = min(best, before[column - 1] + 1)
        }
        current.append(best)
      }
      before = previous
      previous = current
    }
    return previous[right.count]
  }
}
