public import SeedbankModel

/// A few generations of each model and month, to see whether their seeds still mean anything.
public struct AuditSample: Sendable, Equatable {
  /// Generations that belong together: what changes at a gateway, changes by model and with time.
  public struct Group: Sendable, Hashable, Comparable {
    /// Nil for the gateway's own choice.
    public let model: String?
    /// `2026-11`, in UTC.
    public let month: String

    /// Returns the group that a generation belongs to.
    public init(_ generation: Generation) {
      model = generation.parameters.model
      month = String(generation.createdAt.description.prefix(7))
    }

    /// Orders groups by model, then by month.
    public static func < (left: Self, right: Self) -> Bool {
      (left.model ?? "", left.month) < (right.model ?? "", right.month)
    }
  }

  private var drawn: [Group: [GenerationID]] = [:]
  private var seen: [Group: Int] = [:]
  private let size: Int

  /// - Parameter size: how many of each group at most.
  public init(size: Int) { self.size = max(1, size) }

  /// Offers a generation; those that can be judged are kept by reservoir sampling (Vitter's
  /// algorithm R, 1985), so that a library of any length is gone through once in little memory.
  public mutating func consider(
    _ generation: Generation, using random: inout some RandomNumberGenerator
  ) {
    guard generation.status == .complete, generation.parameters.seed != nil,
      generation.gateway != nil, generation.parent == nil,
      generation.images.contains(where: { $0.missingSince == nil })
    else { return }
    let group = Group(generation)
    let number = seen[group, default: 0]
    seen[group] = number + 1
    if number < size {
      drawn[group, default: []].append(generation.id)
    } else {
      let place = Int.random(in: 0...number, using: &random)
      if place < size { drawn[group]?[place] = generation.id }
    }
  }

  /// What was drawn, oldest first.
  public var ids: [GenerationID] { drawn.values.flatMap(\.self).sorted() }
}
