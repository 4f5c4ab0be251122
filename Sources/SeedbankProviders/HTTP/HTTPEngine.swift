import CCurl
import Platform

/// Runs HTTP exchanges with libcurl on its own thread.
///
/// The thread starts with the first exchange. libcurl never runs on Swift's cooperative pool, and a task
/// that waits for an exchange blocks no thread.
final class HTTPEngine: Sendable {
  private let mailbox = HTTPMailbox()
  private let rules: HTTPRules

  init(_ rules: HTTPRules) {
    self.rules = rules
  }

  deinit { mailbox.stop() }

  func begin(_ request: HTTPRequest) -> HTTPExchange {
    let (exchange, needsThread) = mailbox.begin(request)
    if needsThread { startThread() }
    return exchange
  }

  /// Ends every exchange and closes every connection.
  ///
  /// May be called more than once.
  func shutdown() async {
    mailbox.stop()
    await mailbox.waitForEnd()
  }

  private func startThread() {
    let (mailbox, rules) = (mailbox, rules)
    let body = ThreadBody { HTTPLoop.run(mailbox, rules) }
    let retained = Unmanaged.passRetained(body)
    var thread: pthread_t = 0
    let status = pthread_create(
      &thread, nil,
      { context in
        guard let context else { return nil }
        Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().work()
        return nil
      }, retained.toOpaque())
    if status == 0 {
      pthread_detach(thread)
    } else {
      retained.release()
      mailbox.refuse(.noResources)
    }
  }

  private final class ThreadBody: Sendable {
    let work: @Sendable () -> Void

    init(_ work: @escaping @Sendable () -> Void) { self.work = work }
  }
}

/// The settings of all exchanges of an engine.
struct HTTPRules: Sendable {
  let connectTimeout: Duration
  let connectionsPerHost: Int
  let network: NetworkSettings
  /// Monotonic time.
  ///
  /// It may stop while the computer sleeps.
  let uptime: @Sendable () -> Duration
}
