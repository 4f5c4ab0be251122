import SeedbankModel

private enum CostKey: String, CaseIterable {
  case amount, currency, estimated
  case priceTable = "price_table"

  static let table = KeyTable<CostKey>()
}

extension Cost {
  func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.member(CostKey.amount.rawValue, raw: amount.description)
      object.member(CostKey.currency.rawValue, currency)
      object.member(CostKey.estimated.rawValue, isEstimated)
      if let priceTable { object.member(CostKey.priceTable.rawValue, priceTable) }
    }
  }

  init(_ reader: inout JSONReader) throws(RecordError) {
    var amount: MoneyAmount?
    var currency = ""
    var isEstimated = true
    var priceTable: String?
    var keys = KeyFinder(CostKey.table)
    try reader.object { reader, bytes throws(RecordError) in
      guard let key = keys.find(bytes) else { return try reader.skipValue() }
      if reader.takeNull() { return }
      switch key {
      case .amount: amount = MoneyAmount(try reader.rawValue())
      case .currency: currency = try reader.text(key)
      case .estimated: isEstimated = try reader.flag(key)
      case .priceTable: priceTable = try reader.text(key)
      }
    }
    guard let amount else {
      throw .badValue(field: "cost", allowed: "an object with an amount of at most six decimals")
    }
    self.init(
      amount: amount, currency: currency, isEstimated: isEstimated, priceTable: priceTable)
  }
}
