import SeedbankModel

/// The price of a number of images, if it is known.
struct SpendingEstimate: Equatable {
  let images: Int
  let price: ImagePrice?

  /// The question before they are paid for.
  var question: String {
    let cost = price.map { "about \($0.text(times: images))" } ?? "the price is not known"
    return "Generate \(Count.text(images, "image")) (\(cost))?"
  }
}

/// The typed price of one image: `0.03 USD`.
struct ImagePrice: Equatable, Sendable {
  let amount: MoneyAmount
  let currency: String

  init?(_ text: String) {
    let parts = text.split(separator: " ", maxSplits: 1)
    guard let number = parts.first, let amount = Settings.limit(String(number)) else { return nil }
    self.amount = amount
    currency = parts.count > 1 ? String(parts[1]) : ""
  }

  /// The price as an estimate of the cost of one image.
  var cost: Cost { Cost(amount: amount, currency: currency, isEstimated: true) }

  /// The price of several, with two decimals.
  func text(times count: Int) -> String {
    let (total, overflows) = amount.microunits.multipliedReportingOverflow(by: Int64(count))
    guard !overflows else { return "a very large amount" }
    let cents = total / 10_000 + (total.isMultiple(of: 10_000) ? 0 : 1)
    let hundredths = cents % 100
    let number = "\(cents / 100).\(hundredths < 10 ? "0" : "")\(hundredths)"
    return currency.isEmpty ? number : "\(number) \(SafeText.line(currency))"
  }
}

extension Session {
  /// Asks on a terminal if there are more images than the settings allow without a question.
  /// - Throws: a `Failure` if the answer is no.
  func confirmSpending(_ images: Int, _ settings: Settings, _ confirm: ConfirmOption) throws {
    guard images > (try settings.imagesToConfirm()) else { return }
    let estimate = SpendingEstimate(images: images, price: try settings.price())
    try confirmIfPossible(estimate.question, isSure: confirm.yes)
  }
}
