import GRDB
import SeedbankQuery

extension GuidanceCondition: RowConditionSQL {
  func rows(in database: Database) -> SQLFragment {
    guard let interval else { return SQLFragment("g.guidance_scale IS NULL") }
    return .within(interval, "g.guidance_scale")
  }
}
