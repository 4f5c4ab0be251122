import ArgumentParser
import SeedbankStorage

/// `--sort`: the name of an order, and the number of a random one.
struct SortOrder: ExpressibleByArgument, Equatable, Sendable {
  let order: SearchOrder
  /// Whether the number of the random order was chosen here, so that it must be printed.
  let isDrawn: Bool

  static let newest = SortOrder(order: .newest, isDrawn: false)

  private static let names: [(name: String, order: SearchOrder)] = [
    ("newest", .newest), ("oldest", .oldest), ("created", .created), ("relevance", .relevance),
    ("rating", .rating), ("seed", .seed), ("size", .size),
  ]

  private init(order: SearchOrder, isDrawn: Bool) {
    self.order = order
    self.isDrawn = isDrawn
  }

  init?(argument: String) {
    if let known = Self.names.first(where: { $0.name == argument }) {
      self.init(order: known.order, isDrawn: false)
    } else if argument == "random" {
      self.init(order: .random(UInt64.random(in: 0...9_999)), isDrawn: true)
    } else if argument.hasPrefix("random:"), let number = UInt64(argument.dropFirst(7)) {
      self.init(order: .random(number), isDrawn: false)
    } else {
      return nil
    }
  }

  static var allValueStrings: [String] { names.map(\.name) + ["random", "random:NUMBER"] }
  static var defaultCompletionKind: CompletionKind { .list(names.map(\.name) + ["random"]) }
  var defaultValueDescription: String { "newest" }
}
