import GRDB
import SeedbankQuery

extension GuidanceCondition: RowConditionSQL {
  func rows(in database: Database) -> SQLFragment {
    guard let interval else { return SQLFragment("g.guidance_scale IS NULL") }
    // A page is read in the order of ids, in which a common value is soon found; only a count reads the index.
    return .within(interval, "g.guidance_scale", likelihood: 0.9)
  }
}
