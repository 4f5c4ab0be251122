import SeedbankModel
import SeedbankStorage

extension BudgetError: Explainable {
  var explained: Failure {
    switch self {
    case .imagesPerDay(let limit, let used, let requested):
      return Failure(
        .tryAgain,
        "the budget.images_per_day of \(limit) would be exceeded: "
          + "\(Count.text(used, "image")) used or reserved today, \(requested) more requested",
        hint: Self.remedy("run `seedbank sync` tomorrow", .imagesPerDay))
    case .costPerMonth(let limit, let used, let requested, let currency):
      return Failure(
        .tryAgain,
        "the budget.cost_per_month of \(Self.text(limit, currency)) would be exceeded: "
          + "\(Self.text(used, currency)) used or reserved this month, "
          + "\(Self.text(requested, currency)) more requested",
        hint: Self.remedy("run `seedbank sync` next month", .costPerMonth))
    case .maxCost(let limit, let used, let requested, let currency):
      return Failure(
        .tryAgain,
        "the --max-cost of \(Self.text(limit, currency)) would be exceeded: "
          + "\(Self.text(used, currency)) used or reserved, "
          + "\(Self.text(requested, currency)) more requested",
        hint: "Queued requests are kept. `seedbank sync` sends them.")
    case .unknownPrice(let model):
      let name = model.map { "the model '\(SafeText.line($0))'" } ?? "the default model"
      return Failure(
        .notConfigured, "the price of \(name) is not known, and there is a limit on the cost",
        hint: "Queued requests are kept. Set the price of one image: "
          + "`seedbank config set \(Setting.confirmPrice.rawValue) '0.03 USD'`")
    }
  }

  private static func remedy(_ wait: String, _ setting: Setting) -> String {
    "Queued requests are kept. Either \(wait), or raise the limit with "
      + "`seedbank config set \(setting.rawValue) NUMBER`."
  }

  private static func text(_ amount: MoneyAmount, _ currency: String) -> String {
    currency.isEmpty ? amount.description : "\(amount) \(SafeText.line(currency))"
  }
}
