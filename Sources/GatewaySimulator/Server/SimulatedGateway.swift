import FoundationEssentials
import NIOCore
import NIOPosix
import Platform

/// A simulated image gateway on loopback, with faults and a ledger of charges.
///
/// It shares no code with the client, so that it does not have the same errors.
package struct SimulatedGateway: Sendable {
  /// The default key that a gateway accepts.
  package static let defaultKey = "simulator-key"

  /// `http://127.0.0.1:PORT`.
  package let baseURL: String
  /// The port on 127.0.0.1.
  package let port: Int
  private let state: GatewayState
  private let serving: Task<Void, Never>

  /// Starts a gateway on 127.0.0.1.
  /// - Parameters:
  ///   - port: 0 takes any free port.
  ///   - key: the accepted API key.
  ///   - latency: the duration of each submit in seconds, unless the script sets another one.
  ///   - ledgerPath: a file to which each charge is appended and synced. The charges of earlier runs,
  ///     with their jobs and addresses, are read from it.
  ///   - now: the clock, in seconds since 1970.
  /// - Throws: `SimulatorError`.
  package static func start(
    script: Script = Script(), port: Int = 0, key: String = defaultKey, latency: Double = 0,
    ledgerPath: String? = nil, now: @escaping @Sendable () -> Double = systemClock
  ) async throws(SimulatorError) -> SimulatedGateway {
    let book = try ledgerPath.map { path throws(SimulatorError) in try LedgerFile.open(path) }
    let arrivals = Arrivals()
    let listener: NIOAsyncChannel<any Channel, Never>
    do { listener = try await listen(on: port, arrivals) } catch {
      let code = (error as? IOError)?.errnoCode
      throw .cannotListen(
        port: port, reason: code.map { String(cString: strerror($0)) } ?? "\(error)")
    }
    let port = listener.channel.localAddress?.port ?? port
    let baseURL = "http://127.0.0.1:\(port)"
    let state = GatewayState(
      script: script, settings: .init(key: key, latency: latency, now: now), baseURL: baseURL,
      ledgerFile: book?.file, charges: book?.charges ?? [])
    let cache = ImageCache()
    let serving = Task {
      await withDiscardingTaskGroup { group in
        try? await listener.executeThenClose { inbound in
          for try await channel in inbound {
            arrivals.take(channel)
            group.addTask { await Connection.serve(channel, state: state, cache: cache) }
          }
        }
        arrivals.closeAll()
        group.cancelAll()
      }
    }
    return SimulatedGateway(baseURL: baseURL, port: port, state: state, serving: serving)
  }

  /// The base URL of a simulated service, as its clients are configured.
  ///
  /// - Parameter kind: The kind of the service, as it stands in the ledger.
  public func url(of kind: String) -> String {
    baseURL + SimulatedServices.named(kind).basePath
  }

  /// The requests and charges so far.
  package var ledger: Ledger { get async { await state.ledger } }

  /// Replaces the script.
  ///
  /// The numbers of calls continue, and jobs keep their plans.
  package func follow(_ script: Script) async { await state.follow(script) }

  /// Closes every connection and waits for their ends.
  package func stop() async {
    serving.cancel()
    await serving.value
  }

  /// The system's clock, in seconds since 1970.
  package static let systemClock: @Sendable () -> Double = { Date().timeIntervalSince1970 }

  private static func listen(
    on port: Int, _ arrivals: Arrivals
  ) async throws -> NIOAsyncChannel<any Channel, Never> {
    try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.backlog, value: 1024)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      // Nothing is read before the connection is served.
      .childChannelOption(.autoRead, value: false)
      .bind(host: "127.0.0.1", port: port) { channel in
        arrivals.add(channel)
        return channel.eventLoop.makeSucceededFuture(channel)
      }
  }
}

/// Why a gateway cannot start or continue.
package enum SimulatorError: Error, Equatable, Sendable {
  case cannotListen(port: Int, reason: String)
  case ledgerFile(path: String, reason: String)
}
