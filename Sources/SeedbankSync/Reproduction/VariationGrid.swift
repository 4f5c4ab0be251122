public import SeedbankProviders

/// The requests that come of one: what all of them change, and the fields that go through values.
public struct VariationGrid: Sendable, Equatable {
  /// Changes that all have in common.
  public let fixed: [RequestChange]
  /// The fields that differ from one to the next, the first changing slowest; none for one request.
  public let axes: [Variation]

  /// - Parameter seeds: those of several requests that otherwise are the same; the last axis.
  public init(fixed: [RequestChange], axes: [Variation], seeds: [RequestChange]) {
    let isAxis = seeds.count > 1
    self.fixed = fixed
    self.axes = axes + (isAxis ? [Variation(field: .seed, changes: seeds)] : [])
    single = isAxis ? [] : seeds
  }

  /// A seed of its own that all have, written last as a request has it.
  private let single: [RequestChange]

  /// What every request has in common by the person's word, the seed included.
  public var common: [RequestChange] { fixed + single }

  /// The changes of each request, the first axis changing slowest.
  public var cells: [[RequestChange]] {
    Variation.grid(axes).map { fixed + $0 + single }
  }

  /// Number of cells.
  public var count: Int { axes.reduce(1) { $0 * $1.changes.count } }
}

extension RequestChange {
  /// The value as people write it; `none` where the field is left out.
  public var valueText: String {
    switch self {
    case .prompt(let text): text
    case .model(let model): model ?? "none"
    case .responseFormat(let format): format?.rawValue ?? "none"
    case .size(let size): size?.description ?? "none"
    case .seed(let seed): seed.map(String.init) ?? "none"
    case .guidanceScale(let scale): scale.map(Self.shortest) ?? "none"
    case .watermark(let flag): flag.map { $0 ? "yes" : "no" } ?? "none"
    }
  }

  private static func shortest(_ number: Double) -> String {
    let text = "\(number)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
