import GRDB
import SeedbankModel
import SeedbankQuery

extension ReferenceCondition: RowConditionSQL {
  func rows(in database: Database) throws -> SQLFragment {
    switch image {
    case .digest(let digits):
      guard let range = PrefixRange(digits: digits, length: 32) else {
        return SQLFragment("FALSE")
      }
      return .indexed(
        "g.id IN (SELECT generation_id FROM reference_image WHERE sha256 BETWEEN ? AND ?)",
        [range.first, range.last])
    case .digests(let digests):
      let places = digests.map { _ in "?" }.joined(separator: ", ")
      return .indexed(
        "g.id IN (SELECT generation_id FROM reference_image WHERE sha256 IN (\(places)))",
        digests.map(\.bytes.data))
    case .named(_, let text): throw SearchError.unresolved(text)
    }
  }
}
