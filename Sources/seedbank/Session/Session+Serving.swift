import SeedbankModel
import SeedbankQuery
import SeedbankStorage
import SeedbankWeb

extension Session {
  /// The values of the process for a server: a token, the clock, the account, and the error sentences.
  func serverSettings() -> ServerSettings {
    var random = SystemRandomNumberGenerator()
    return ServerSettings(
      token: AccessToken(using: &random), wording: .commandLine, actor: actor,
      version: Version.current,
      local: { LocalTime(now: Clock.now()) { Clock.utcOffset(seconds: $0) } })
  }

  /// Waits for Ctrl-C or a request to terminate.
  func serverStop() -> ServerStop {
    let stop = ServerStop()
    StopRequest { [talk] in talk.note("Stopping. Press Ctrl-C again to quit now.") }
      .whenRequested { stop.request() }
    return stop
  }
}

/// A request to stop a server.
struct ServerStop: Sendable {
  private let requests: AsyncStream<Void>
  private let continuation: AsyncStream<Void>.Continuation

  init() { (requests, continuation) = AsyncStream.makeStream(of: Void.self) }

  func request() { continuation.finish() }

  func wait() async { for await _ in requests {} }
}

extension Wording {
  /// The sentences of the command line.
  static let commandLine = Wording(
    sentence: { error in
      let failure = Failure(error)
      return (failure.sentence, failure.hint)
    },
    note: { $0.sentence })
}
