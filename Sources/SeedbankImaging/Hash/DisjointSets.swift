/// Disjoint sets of numbers from 0 that can be joined, with path halving.
struct DisjointSets {
  private var parents: [Int]

  init(count: Int) { parents = Array(0..<count) }

  mutating func join(_ one: Int, _ other: Int) {
    let first = root(one)
    let second = root(other)
    parents[max(first, second)] = min(first, second)
  }

  /// All sets, ordered by their first members, with ascending members.
  var sets: [[Int]] {
    mutating get {
      var members: [Int: [Int]] = [:]
      for number in parents.indices { members[root(number), default: []].append(number) }
      return members.sorted { $0.key < $1.key }.map(\.value)
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
