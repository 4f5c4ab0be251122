public import SeedbankModel

/// A few generations of each model and month, to test whether their seeds still give the same images.
public struct AuditSample: Sendable, Equatable {
  /// Generations that belong together, because changes at a gateway depend on model and time.
  public struct Group: Sendable, Hashable, Comparable {
    /// Nil for the gateway's default model.
    public let model: String?
    /// `2026-11`, in the local time zone.
    public let month: String

    /// Returns the group that a generation belongs to.
    public init(_ generation: Generation, at local: LocalTime) {
      model = generation.parameters.model
      month = String(local.civil(generation.createdAt).date.description.prefix(7))
    }

    /// Orders groups by model, then by month.
    public static func < (left: Self, right: Self) -> Bool {
      (left.model ?? "", left.month) < (right.model ?? "", right.month)
    }
  }

  private var drawn: [Group: [GenerationID]] = [:]
  private var seen: [Group: Int] = [:]
  private let size: Int

  /// - Parameter size: the maximum number from each group.
  public init(size: Int) { self.size = max(1, size) }

  /// Adds a generation to the sample, if it can be compared.
  ///
  /// Reservoir sampling (Vitter's algorithm R, 1985) needs one pass and little memory for a library
  /// of any length.
  public mutating func consider(
    _ generation: Generation, at local: LocalTime,
    using random: inout some RandomNumberGenerator
  ) {
    guard generation.status == .complete, generation.parameters.seed != nil,
      generation.gateway != nil, generation.parent == nil,
      generation.images.contains(where: { $0.place != .missing })
    else { return }
    let group = Group(generation, at: local)
    let number = seen[group, default: 0]
    seen[group] = number + 1
    if number < size {
      drawn[group, default: []].append(generation.id)
    } else {
      let place = Int.random(in: 0...number, using: &random)
      if place < size { drawn[group]?[place] = generation.id }
    }
  }

  /// The sample, oldest first.
  public var ids: [GenerationID] { drawn.values.flatMap(\.self).sorted() }
}
