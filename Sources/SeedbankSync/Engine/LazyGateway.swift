public import SeedbankProviders

/// The clients of the providers. Each one is created when it is first needed.
public actor LazyGateway {
  private let make: @Sendable (String) throws -> GatewayClient
  private var made: [String: Result<GatewayClient, any Error>] = [:]

  /// - Parameter make: Called once at most for each provider's name; an error that it throws ends the
  ///   work for that provider in the run that needed it.
  public init(_ make: @escaping @Sendable (String) throws -> GatewayClient) { self.make = make }

  /// The client of a provider, made at the first call.
  ///
  /// - Throws: What making it threw.
  public func client(of provider: String) throws -> GatewayClient {
    if let made = made[provider] { return try made.get() }
    let result = Result { try make(provider) }
    made[provider] = result
    return try result.get()
  }

  /// Why clients could not be created, by the name of the provider.
  public var failures: [String: any Error] {
    made.compactMapValues { if case .failure(let error) = $0 { error } else { nil } }
  }

  /// Whether any client could be created.
  public var hasClient: Bool { made.values.contains { (try? $0.get()) != nil } }

  /// Closes their connections.
  ///
  /// It must be called after the last run.
  public func shutdown() async {
    for case .success(let client) in made.values { await client.shutdown() }
    made = [:]
  }
}
