import SeedbankModel

/// The usage that a reply reports.
public struct Usage: Equatable, Sendable {
  /// The unchanged object of the gateway.
  public let json: String
  /// Number of charged images.
  public let generatedImages: Int?
  /// Number of output tokens.
  public let outputTokens: Int?
  /// Number of tokens in total.
  public let totalTokens: Int?

  /// The largest usage object.
  private static let limit = 16_384

  init?(_ view: JSONView?) {
    guard let view, view.isObject, view.node.range.count <= Self.limit else { return nil }
    json = view.source
    generatedImages = Self.count(view["generated_images"])
    outputTokens = Self.count(view["output_tokens"])
    totalTokens = Self.count(view["total_tokens"])
  }

  private static func count(_ view: JSONView?) -> Int? {
    view?.integer.flatMap { Int(exactly: $0) }.flatMap { $0 >= 0 ? $0 : nil }
  }
}
