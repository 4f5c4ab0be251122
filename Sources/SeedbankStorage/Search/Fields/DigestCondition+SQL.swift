import GRDB
import SeedbankModel
import SeedbankQuery

extension DigestCondition: RowConditionSQL {
  func rows(in database: Database) -> SQLFragment {
    let missing = max(0, 64 - digits.utf8.count)
    guard let first = Hex.bytes(digits + String(repeating: "0", count: missing)),
      let last = Hex.bytes(digits + String(repeating: "f", count: missing))
    else { return SQLFragment("FALSE") }
    return .indexed(
      "g.id IN (SELECT generation_id FROM image WHERE sha256 BETWEEN ? AND ?)",
      [first.data, last.data])
  }
}
