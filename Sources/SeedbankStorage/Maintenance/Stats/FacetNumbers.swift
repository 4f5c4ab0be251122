internal import GRDB
import SeedbankQuery

/// The facets by their numbers.
///
/// Facet blocks contain the numbers of the table of facets. If facets are read from the rows instead,
/// each new facet gets the next number here.
struct FacetNumbers: Sendable {
  /// Whether facets are read from the rows, because the blocks are damaged.
  let areOfRows: Bool
  private var facets: [Facet?] = []
  private var numbers: [Facet: Int] = [:]
  /// The number of generations with each facet, as the table has it.
  private var uses: [Int] = []

  /// Numbers for facets that are read from the rows.
  init() { areOfRows = true }

  /// The numbers of the table.
  init(in database: Database) throws {
    areOfRows = false
    let most = try database.integer("SELECT max(id) FROM facet") ?? 0
    guard (0..<FacetBlocks.mostFacets).contains(most) else { throw FacetBlockReader.damage }
    facets = Array(repeating: nil, count: Int(most) + 1)
    uses = Array(repeating: 0, count: Int(most) + 1)
    var rows = try RawRows("SELECT id, kind, value, uses FROM facet WHERE id >= 0", in: database)
    while try rows.next() {
      let number = Int(rows.integer(0))
      guard facets.indices.contains(number), let kind = FacetKind(rawValue: rows.text(1))
      else { continue }
      facets[number] = Facet(kind: kind, value: rows.text(2))
      uses[number] = Int(rows.integer(3))
    }
  }

  /// One more than the largest number.
  var count: Int { facets.count }

  subscript(number: Int) -> Facet? { facets.indices.contains(number) ? facets[number] : nil }

  /// By number; nil if no facet has the number.
  var kinds: [FacetKind?] { facets.map { $0?.kind } }

  /// Returns the number of a facet of a row; a new facet gets a number.
  mutating func number(of facet: Facet) -> Int {
    if let known = numbers[facet] { return known }
    facets.append(facet)
    numbers[facet] = facets.count - 1
    return facets.count - 1
  }

  /// Whether the table has the same number of generations for a tag or a model.
  ///
  /// Always true for facets that are read from the rows.
  func agree(_ number: Int, generations: Int) -> Bool {
    guard !areOfRows, let facet = self[number], facet.kind != .size else { return true }
    return uses[number] == generations
  }
}
