/// What a number of images would cost, as far as that is known.
struct SpendingEstimate: Equatable {
  let images: Int
  let price: ImagePrice?

  /// The question before they are paid for.
  var question: String {
    let cost = price.map { "about \($0.text(times: images))" } ?? "the price is not known"
    return "Generate \(Count.text(images, "image")) (\(cost))?"
  }
}

/// The price of one image, as a person wrote it: `0.03 USD`.
struct ImagePrice: Equatable, Sendable {
  let amount: Double
  let currency: String

  init?(_ text: String) {
    let parts = text.split(separator: " ", maxSplits: 1)
    guard let number = parts.first, let amount = Double(number), amount >= 0, amount.isFinite else {
      return nil
    }
    self.amount = amount
    currency = parts.count > 1 ? String(parts[1]) : ""
  }

  /// The price of several, with two decimals.
  func text(times count: Int) -> String {
    let cents = Int64((amount * Double(count) * 100).rounded(.up))
    let hundredths = cents % 100
    let number = "\(cents / 100).\(hundredths < 10 ? "0" : "")\(hundredths)"
    return currency.isEmpty ? number : "\(number) \(SafeText.line(currency))"
  }
}

extension Session {
  /// Asks on a terminal before more images are paid for than the settings allow without a question.
  /// - Throws: a `Failure` if the answer is no.
  func confirmSpending(_ images: Int, _ settings: Settings, _ confirm: ConfirmOption) throws {
    guard images > (try settings.imagesToConfirm()) else { return }
    let estimate = SpendingEstimate(images: images, price: try settings.price())
    try confirmIfPossible(estimate.question, isSure: confirm.yes)
  }
}
