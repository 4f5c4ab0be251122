import GRDB
import SeedbankQuery

extension ToolCondition: RowConditionSQL {
  /// Returns a condition that uses the index of tools, which has few distinct values.
  func rows(in database: Database) throws -> SQLFragment {
    guard let wildcard = pattern.wildcard else {
      return SQLFragment("NOT EXISTS (SELECT 1 FROM provenance AS v WHERE v.generation_id = g.id)")
    }
    let tools = try DistinctValues.of("tool", in: "provenance", database)
      .filter(wildcard.matches)
    guard !tools.isEmpty else { return SQLFragment("FALSE") }
    let places = tools.map { _ in "?" }.joined(separator: ", ")
    return .indexed(
      "g.id IN (SELECT generation_id FROM provenance WHERE tool IN (\(places)))", tools)
  }
}
