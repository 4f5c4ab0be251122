import Dispatch
import Glibc
import Synchronization

/// Ctrl-C in two steps: the first asks the work to come to a clean stop, the second ends the process
/// at once with status 130. A request to terminate counts the same.
final class StopRequest: Sendable {
  private struct State {
    var isRequested = false
    var actions: [@Sendable () -> Void] = []
  }

  private let state = Mutex(State())

  /// Begins to listen, once in a process.
  /// - Parameter announce: told of the first request, to say what happens now.
  init(announce: @escaping @Sendable () -> Void) {
    let queue = DispatchQueue(label: "seedbank.stop")
    for number in [SIGINT, SIGTERM, SIGHUP] where !Self.isIgnored(number) {
      // The source sees signals only while their usual effect is switched off.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { [self] in
        // By holding itself the source lives as long as the process does.
        withExtendedLifetime(source) {}
        if request() { announce() } else { _exit(ExitStatus.interrupted.rawValue) }
      }
      source.resume()
    }
  }

  var isRequested: Bool { state.withLock(\.isRequested) }

  /// Does `action` at the first request, or now where that has been.
  func whenRequested(_ action: @escaping @Sendable () -> Void) {
    let isLate = state.withLock { state in
      if !state.isRequested { state.actions.append(action) }
      return state.isRequested
    }
    if isLate { action() }
  }

  /// Whether the parent process wants it to ignore the signal, as nohup does.
  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    // SIG_IGN is the address 1, which no handler has.
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: UInt.self) == 1
  }

  /// Whether this was the first request.
  private func request() -> Bool {
    let actions = state.withLock { state -> [@Sendable () -> Void]? in
      guard !state.isRequested else { return nil }
      state.isRequested = true
      defer { state.actions = [] }
      return state.actions
    }
    guard let actions else { return false }
    for action in actions { action() }
    return true
  }
}

extension Session {
  /// Listens for Ctrl-C and says once what the first one does.
  func stopRequest() -> StopRequest {
    StopRequest { [talk] in
      talk.note(
        "Waiting for requests already sent. Press Ctrl-C again to quit now (they may still be charged)."
      )
    }
  }
}
