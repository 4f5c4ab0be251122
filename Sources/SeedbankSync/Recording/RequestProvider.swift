public import SeedbankProviders

/// The provider that requests are recorded for.
public struct RequestProvider: Sendable, Equatable {
  /// Its name in the config file.
  public let name: String
  /// The service that encodes requests and reads replies.
  public let service: any ImageService
  /// The base URL; nil if none is known yet.
  public let base: String?
  /// The prices for estimates.
  public let prices: PriceTable

  /// Makes a provider.
  public init(
    name: String, service: any ImageService, base: String?, prices: PriceTable = .standard
  ) {
    self.name = name
    self.service = service
    self.base = base
    self.prices = prices
  }

  /// The provider that is used unless another one is chosen.
  public static let standard = RequestProvider(
    name: Pixazo().kind, service: Pixazo(), base: Pixazo().standardBase)

  /// The same provider at another address.
  public func at(_ base: String?) -> RequestProvider {
    RequestProvider(name: name, service: service, base: base, prices: prices)
  }

  /// The changes of a request for `model`, without the seed if the model takes no seed.
  ///
  /// A seed that Seedbank drew itself must not cause an error.
  package func withoutUnusedSeed(
    _ changes: [RequestChange], of model: String?
  ) -> [RequestChange] {
    takesSeed(model, after: changes) ? changes : changes.filter { $0.field != .seed }
  }

  /// Whether a seed is sent with a request for `model` after the changes.
  func takesSeed(_ model: String?, after changes: [RequestChange]) -> Bool {
    var model = model
    for case .model(let name) in changes { model = name }
    return service.rules(of: model).takesSeed
  }

  /// The kind of its service.
  public var kind: String { service.kind }

  /// Services of the same kind are equal.
  public static func == (one: RequestProvider, other: RequestProvider) -> Bool {
    one.name == other.name && one.kind == other.kind && one.base == other.base
      && one.prices == other.prices
  }
}
