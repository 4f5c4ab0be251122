import GRDB
import SeedbankQuery

extension WatermarkCondition: RowConditionSQL {
  func rows(in database: Database) -> SQLFragment { SQLFragment("g.watermark IS ?", [value]) }
}
