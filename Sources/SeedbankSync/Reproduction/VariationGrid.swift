public import SeedbankProviders

/// The variations of one request: the common changes, and the fields with several values.
public struct VariationGrid: Sendable, Equatable {
  /// Changes that all have in common.
  public let fixed: [RequestChange]
  /// The fields with several values, the first changing slowest; none for one request.
  public let axes: [Variation]

  /// - Parameter seeds: the seeds of several otherwise equal requests; the last axis.
  public init(fixed: [RequestChange], axes: [Variation], seeds: [RequestChange]) {
    let isAxis = seeds.count > 1
    self.fixed = fixed
    self.axes = axes + (isAxis ? [Variation(field: .seed, changes: seeds)] : [])
    single = isAxis ? [] : seeds
  }

  /// A common seed of all requests, written last, as in a request.
  private let single: [RequestChange]

  /// The changes of the user that all requests have, with the seed.
  public var common: [RequestChange] { fixed + single }

  /// The changes of each request, the first axis changing slowest.
  public var cells: [[RequestChange]] {
    Variation.grid(axes).map { fixed + $0 + single }
  }

  /// Number of cells.
  public var count: Int { axes.reduce(1) { $0 * $1.changes.count } }
}

extension RequestChange {
  /// The value as users write it; `none` if the field is left out.
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
