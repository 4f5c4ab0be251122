public import SeedbankProviders

/// The provider that requests are recorded for.
public struct RequestProvider: Sendable, Equatable {
  /// Its name in the config file.
  public let name: String
  /// The kind of its service.
  public let kind: String
  /// The base URL; nil if none is known yet.
  public let base: String?
  /// The prices for estimates.
  public let prices: PriceTable

  /// Makes a provider.
  public init(
    name: String, kind: String, base: String?, prices: PriceTable = .standard
  ) {
    self.name = name
    self.kind = kind
    self.base = base
    self.prices = prices
  }

  /// The provider that is used unless another one is chosen.
  public static let standard = RequestProvider(
    name: Pixazo().kind, kind: Pixazo().kind, base: Pixazo().standardBase)

  /// The same provider at another address.
  public func at(_ base: String?) -> RequestProvider {
    RequestProvider(name: name, kind: kind, base: base, prices: prices)
  }

  /// The service that encodes requests and reads replies.
  public var service: any ImageService { ImageServices.of(kind: kind) ?? Pixazo() }
}
