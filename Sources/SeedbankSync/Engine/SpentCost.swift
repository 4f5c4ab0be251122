import SeedbankModel
import SeedbankStorage
import Synchronization

/// The highest possible cost of the requests that were sent under one limit.
///
/// It lasts longer than a run, because a watch starts a new run at each change. Engines that share it share
/// their ``SyncSettings/maxCost``.
public final class SpentCost: Sendable {
  private let amount = Mutex(MoneyAmount(microunits: 0))

  /// Starts without a cost.
  public init() {}

  /// Counts a request.
  ///
  /// - Throws: `BudgetError` if the limit would be exceeded; then the request is not counted.
  func add(_ price: Cost, within limit: MoneyAmount) throws(BudgetError) {
    let error = amount.withLock { amount -> BudgetError? in
      let (sum, overflows) = amount.microunits.addingReportingOverflow(price.amount.microunits)
      guard !overflows, sum <= limit.microunits else {
        return .maxCost(
          limit: limit, used: amount, requested: price.amount, currency: price.currency)
      }
      amount = MoneyAmount(microunits: sum)
      return nil
    }
    if let error { throw error }
  }

  /// Removes a request that is not charged.
  func remove(_ price: Cost) {
    amount.withLock {
      $0 = MoneyAmount(microunits: $0.microunits - price.amount.microunits)
    }
  }
}
