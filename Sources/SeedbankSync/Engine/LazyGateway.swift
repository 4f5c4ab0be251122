public import SeedbankProviders

/// A client of the gateway that is only made when something is to be sent or fetched.
public actor LazyGateway {
  private let make: @Sendable () throws -> GatewayClient
  private var made: Result<GatewayClient, any Error>?

  /// - Parameter make: called once at most; an error that it throws ends the run that needed it.
  public init(_ make: @escaping @Sendable () throws -> GatewayClient) { self.make = make }

  func client() throws -> GatewayClient {
    if made == nil { made = Result { try make() } }
    guard let made else { throw CancellationError() }
    return try made.get()
  }

  /// Why the client could not be made, where it could not.
  public var failure: (any Error)? {
    if case .failure(let error) = made { error } else { nil }
  }

  /// Closes its connections; it must be called when the last run is over.
  public func shutdown() async {
    if case .success(let client) = made { await client.shutdown() }
    made = nil
  }
}
