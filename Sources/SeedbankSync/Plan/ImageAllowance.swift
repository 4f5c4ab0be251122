public import SeedbankModel
public import SeedbankStorage

/// The images that may still be requested.
public struct ImageAllowance: Sendable, Equatable {
  /// Those that a program may request until it ends.
  public private(set) var remaining: Int

  /// Starts with a number of images.
  public init(_ images: Int) { remaining = max(0, images) }

  /// Takes images off the allowance; returns false, and takes none, if there are fewer.
  public mutating func take(_ count: Int) -> Bool {
    guard count <= remaining else { return false }
    remaining -= count
    return true
  }

  /// Gives images back that were taken and not requested.
  public mutating func giveBack(_ count: Int) { remaining += count }

  /// Returns how many images may be requested now: no more than a budget of the library allows today.
  ///
  /// Every process reserves each request in the library before it sends it, so the reservations of all of
  /// them count.
  /// - Throws: `LibraryError`.
  public func remaining(
    under budget: Budget, in library: Library, at local: LocalTime
  ) throws -> Int {
    guard let limit = budget.imagesPerDay else { return remaining }
    let today = Reservation(images: 0, price: nil, budget: budget, at: local).dayStart
    let spent = try library.spending(today: today, month: today, currency: "").images
    return min(remaining, max(0, limit - spent))
  }
}
