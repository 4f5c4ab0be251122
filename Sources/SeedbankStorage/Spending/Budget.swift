public import SeedbankModel

/// Limits on spending that hold for all processes that use a library.
public struct Budget: Sendable, Hashable {
  /// The maximum number of images per day; nil for no limit.
  public var imagesPerDay: Int?
  /// The maximum cost per month; nil for no limit.
  public var costPerMonth: MoneyAmount?

  /// Creates a budget.
  public init(imagesPerDay: Int? = nil, costPerMonth: MoneyAmount? = nil) {
    self.imagesPerDay = imagesPerDay
    self.costPerMonth = costPerMonth
  }
}

/// The maximum number of images of a request and their cost, which are reserved before it is sent.
///
/// Pass it to ``Library/advance(_:_:provider:reserving:made:at:)`` with `.submit`. The reservation
/// is part of the same transaction, so a request that is marked as sent is always reserved. Later
/// steps settle it:
///
/// - A refusal and a request that was not sent give everything back. After a refusal, the generation has no
///   cost.
/// - Completion gives back the images that a group did not bring, and records the actual cost if the
///   provider stated it.
/// - An unknown outcome, a running job and a failure that may be charged keep the whole reservation.
public struct Reservation: Sendable, Hashable {
  /// The maximum number of images of the request.
  public var images: Int
  /// Their price; nil: not known.
  public var price: Cost?
  /// The limits.
  public var budget: Budget
  /// The start of the local day.
  public var dayStart: Timestamp
  /// The start of the local month.
  public var monthStart: Timestamp

  /// Creates a reservation; the day and the month are those that clocks show at `local.now`.
  public init(images: Int, price: Cost?, budget: Budget, at local: LocalTime) {
    self.images = images
    self.price = price
    self.budget = budget
    (dayStart, monthStart) = local.periodStarts
  }
}

/// Why a request is not sent.
public enum BudgetError: Error, Hashable, Sendable {
  /// The limit `budget.images_per_day` would be exceeded; `used` images are spent or reserved
  /// today.
  case imagesPerDay(limit: Int, used: Int, requested: Int)
  /// The limit `budget.cost_per_month` would be exceeded; `used` is spent or reserved this month.
  case costPerMonth(
    limit: MoneyAmount, used: MoneyAmount, requested: MoneyAmount, currency: String)
  /// The limit of one command would be exceeded.
  case maxCost(limit: MoneyAmount, used: MoneyAmount, requested: MoneyAmount, currency: String)
  /// The cost is limited, and the price of this model is not known.
  case unknownPrice(model: String?)
}

extension LocalTime {
  /// When the day and the month began.
  fileprivate var periodStarts: (day: Timestamp, month: Timestamp) {
    let today = civil(now).date
    let first = CivilDate(year: today.year, month: today.month, day: 1) ?? today
    return (instant(today), instant(first))
  }
}
