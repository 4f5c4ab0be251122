import SeedbankModel
import SeedbankStorage

extension Settings {
  /// The limits on spending.
  func budget() throws -> Budget {
    Budget(
      imagesPerDay: try imagesPerDay()?.value,
      costPerMonth: try parsed(.costPerMonth, Self.limit)?.value)
  }

  func imagesPerDay() throws -> Sourced<Int>? {
    guard let found = try integer(.imagesPerDay) else { return nil }
    guard found.value >= 0 else { throw Self.refusal(.imagesPerDay, found.origin) }
    return found
  }

  /// The amount of a limit; nil if the text is not valid.
  static func limit(_ text: String) -> MoneyAmount? {
    MoneyAmount(text).flatMap { $0.microunits >= 0 ? $0 : nil }
  }
}
