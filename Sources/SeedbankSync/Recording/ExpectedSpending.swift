public import SeedbankModel
import SeedbankProviders
package import SeedbankStorage

/// The images that requests bring at most, and what they are expected to cost.
public struct ExpectedSpending: Sendable, Equatable {
  /// The largest number of images.
  ///
  /// A group counts with all its images.
  public private(set) var images = 0
  private var sum: Cost?
  private var isKnown = true

  /// Makes the spending of no request.
  public init() {}

  /// The spending of requests that wait to be sent.
  package init(_ drafts: [GenerationDraft]) {
    for draft in drafts { add(images: draft.provider.groupSize ?? 1, cost: draft.provider.cost) }
  }

  /// The expected cost; nil if a price is not known or the currencies differ.
  public var cost: Cost? { isKnown ? sum : nil }

  /// Adds equal requests.
  mutating func add(images: Int, cost: Cost?, times count: Int = 1) {
    self.images += images * count
    guard var cost, cost.currency == sum?.currency ?? cost.currency else {
      isKnown = false
      return
    }
    let (product, overflows) = cost.amount.microunits.multipliedReportingOverflow(by: Int64(count))
    let (total, exceeds) = product.addingReportingOverflow(sum?.amount.microunits ?? 0)
    guard !overflows, !exceeds else {
      isKnown = false
      return
    }
    cost.amount = MoneyAmount(microunits: total)
    sum = cost
  }
}

extension RequestTemplate {
  /// What the requests of one prompt bring and cost at most.
  public func spending(of entry: PromptEntry) -> ExpectedSpending {
    var spending = ExpectedSpending()
    add(entry, to: &spending)
    return spending
  }

  /// Adds the requests of one prompt.
  func add(_ entry: PromptEntry, to spending: inout ExpectedSpending) {
    spending.add(
      images: max(1, parameters.group ?? 1), cost: provider.cost(of: request(for: entry)),
      times: count)
  }
}
