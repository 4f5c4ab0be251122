import GRDB
import SeedbankQuery

extension ProviderCondition: RowConditionSQL {
  /// Few providers are in use, and the index has all of them.
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
  /// The names of the services that generations were requested from, in alphabetical order.
  package func providers() throws -> [String] {
    try read { try DistinctValues.of("provider", in: "generation", $0) }
  }
}
