import GRDB
import SeedbankQuery

extension GuidanceCondition: RowConditionSQL {
  func rows(in database: Database) -> SQLFragment {
    guard let interval else { return SQLFragment("g.guidance_scale IS NULL") }
    // A page is read in the order of ids, where a common value is found soon. Only a count reads
    // the index.
    return .within(interval, "g.guidance_scale", likelihood: 0.9)
  }
}
