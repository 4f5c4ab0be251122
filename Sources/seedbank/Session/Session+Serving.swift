import SeedbankModel
import SeedbankQuery
import SeedbankStorage
import SeedbankWeb

extension Session {
  /// What a server needs of the process: a token, the clock, the account, the sentences for errors.
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

/// Somebody's wish that a server stops.
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
