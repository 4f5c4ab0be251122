import GRDB
import SeedbankQuery

extension ProviderCondition: RowConditionSQL {
  /// Returns a condition that uses the index of providers, which has few distinct values.
  func rows(in database: Database) throws -> SQLFragment {
    guard let wildcard = pattern.wildcard else { return SQLFragment("g.provider IS NULL") }
    let names = try DistinctValues.of("provider", in: "generation", database)
      .filter(wildcard.matches)
    guard !names.isEmpty else { return SQLFragment("FALSE") }
    let places = names.map { _ in "?" }.joined(separator: ", ")
    return SQLFragment("g.provider IN (\(places))", names)
  }
}

extension Library {
  /// Returns the providers of all requested generations, in alphabetical order.
  package func providers() throws -> [String] {
    try read { try DistinctValues.of("provider", in: "generation", $0) }
  }
}
