import FilePaths
import NIOCore
import NIOPosix
import SeedbankModel
import SeedbankQuery
public import SeedbankStorage
import Synchronization

/// A server that listens.
public final class WebServer: Sendable {
  /// The port on which the server listens.
  public let port: Int
  private let listener: any Channel
  private let service: WebService
  private let group: MultiThreadedEventLoopGroup
  private let watching: RepeatedTask
  private let isStopped = Atomic(false)

  /// Starts a server for a library.
  ///
  /// - Parameter open: opens one more connection to the library.
  /// - Throws: `WebServerError`, `LibraryError`.
  public static func start(
    _ settings: ServerSettings, open: @escaping @Sendable (Library.Access) throws -> Library
  ) async throws -> WebServer {
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
    do {
      return try await WebServer(settings, group, open: open)
    } catch {
      try? await group.shutdownGracefully()
      throw error
    }
  }

  private init(
    _ settings: ServerSettings, _ group: MultiThreadedEventLoopGroup,
    open: @escaping @Sendable (Library.Access) throws -> Library
  ) async throws {
    let limits = settings.limits
    let limit = ConnectionLimit(limits.connections)
    let overload = ConnectionLimit(limits.connections)
    let ready = ServiceReference()
    let bootstrap = ServerBootstrap(group: group)
      .serverChannelOption(.backlog, value: 256)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
      .childChannelOption(.allowRemoteHalfClosure, value: true)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let pipeline = channel.pipeline.syncOperations
          guard let service = ready.service else { return channel.close(promise: nil) }
          if limit.admit(channel) {
            try pipeline.addHandler(ConnectionHandler(service, limits: limits))
          } else if overload.admit(channel) {
            try pipeline.addHandler(
              OverloadHandler(date: service.date(), lingerMilliseconds: limits.lingerMilliseconds))
          } else {
            channel.close(promise: nil)
          }
        }
      }
    do {
      listener = try await bootstrap.bind(host: settings.host, port: settings.port).get()
    } catch {
      throw WebServerError.cannotListen(
        host: settings.host, port: settings.port, code: (error as? IOError)?.errnoCode)
    }
    port = listener.localAddress?.port ?? settings.port
    do {
      service = try WebService(settings, port: port, open: open)
    } catch {
      try? await listener.close()
      throw error
    }
    ready.set(service)
    self.group = group
    let loop = group.next()
    watching = loop.scheduleRepeatedAsyncTask(
      initialDelay: .milliseconds(settings.watchMilliseconds),
      delay: .milliseconds(settings.watchMilliseconds)
    ) { [service] _ in
      guard service.watch.hub.hasSubscribers else { return loop.makeSucceededVoidFuture() }
      // If a check fails because the catalog is busy, there will be another one.
      return service.look(on: loop).recover { _ in }
    }
  }

  /// Stops listening, ends all connections, and waits for running work.
  public func stop() async {
    guard !isStopped.exchange(true, ordering: .relaxed) else { return }
    watching.cancel()
    try? await listener.close()
    await service.stop()
    try? await group.shutdownGracefully()
  }
}

/// Why a server cannot start.
public enum WebServerError: Error, Equatable, Sendable {
  /// The number of the system's error; nil if the host name is not known.
  case cannotListen(host: String, port: Int, code: Int32?)
}
