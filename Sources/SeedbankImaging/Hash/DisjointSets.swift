/// Disjoint sets of numbers from 0 that can be joined, with path halving.
struct DisjointSets {
  private var parents: [Int]

  init(count: Int) { parents = Array(0..<count) }

  mutating func join(_ one: Int, _ other: Int) {
    let first = root(one)
    let second = root(other)
    parents[max(first, second)] = min(first, second)
  }

  /// The sets of two and more, their members ascending, in the order of their first members.
  var several: [[Int]] {
    mutating get {
      // The root of a set is its first member.
      var sizes = Array(repeating: 0, count: parents.count)
      for number in parents.indices { sizes[root(number)] += 1 }
      var places: [Int: Int] = [:]
      var sets: [[Int]] = []
      for number in parents.indices {
        let first = root(number)
        guard sizes[first] > 1 else { continue }
        if let place = places[first] {
          sets[place].append(number)
        } else {
          places[first] = sets.count
          sets.append([number])
        }
      }
      return sets
    }
  }

  private mutating func root(_ number: Int) -> Int {
    var number = number
    while parents[number] != number {
      parents[number] = parents[parents[number]]
      number = parents[number]
    }
    return number
  }
}
