import SeedbankModel
import SeedbankSync

/// The price of a number of images, if it is known.
struct SpendingEstimate: Equatable {
  let spending: ExpectedSpending
  /// The price of one image, for requests of which the provider's prices say nothing.
  let price: ImagePrice?

  /// The question before they are paid for.
  var question: String {
    let images = spending.images
    let cost =
      spending.cost.map { ImagePrice($0).text(times: 1) } ?? price?.text(times: images)
    let estimate = cost.map { "about \($0)" } ?? "the price is not known"
    return "Generate \(Count.text(images, "image")) (\(estimate))?"
  }
}

/// The typed price of one image: `0.03 USD`.
struct ImagePrice: Equatable, Sendable {
  let amount: MoneyAmount
  let currency: String

  init(_ cost: Cost) {
    amount = cost.amount
    currency = cost.currency
  }

  /// Without a currency, the price is in USD like those of the price tables.
  ///
  /// Budgets add only amounts of the same currency.
  init?(_ text: String) {
    let words = text.split(separator: " ")
    guard let number = words.first, let amount = Settings.limit(String(number)) else { return nil }
    self.amount = amount
    let name = words.dropFirst().joined(separator: " ")
    currency = name.isEmpty ? "USD" : (name.count == 3 ? name.uppercased() : name)
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
  func confirmSpending(
    _ spending: ExpectedSpending, _ settings: Settings, _ confirm: ConfirmOption
  ) throws {
    guard spending.images > (try settings.imagesToConfirm()) else { return }
    let estimate = SpendingEstimate(spending: spending, price: try settings.price())
    try confirmIfPossible(estimate.question, isSure: confirm.yes)
  }
}
