import Dispatch
import Platform
import SeedbankRemote
import Synchronization

/// Ctrl-C in two steps: the first one requests a clean stop, and the second one ends the process
/// immediately with status 130, and the programs that copy files for it.
///
/// SIGTERM has the same effect.
final class StopRequest: Sendable {
  private struct State {
    var isRequested = false
    var actions: [@Sendable () -> Void] = []
  }

  private let state = Mutex(State())

  /// Starts to listen, once in a process.
  /// - Parameter announce: called for the first request, to print a message.
  init(announce: @escaping @Sendable () -> Void) {
    RunningPrograms.startSeparately()
    let queue = DispatchQueue(label: "seedbank.stop")
    for number in [SIGINT, SIGTERM, SIGHUP] where !Self.isIgnored(number) {
      // The source receives signals only while their default action is disabled.
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler { [self] in
        // A reference to itself keeps the source alive until the process ends.
        withExtendedLifetime(source) {}
        guard !isRequested else {
          // A program that copies a file would continue without this process.
          return RunningPrograms.terminateAll { _exit(ExitStatus.interrupted.rawValue) }
        }
        // The work may end, and with it the process, as soon as it is told to stop.
        let announced = DispatchGroup()
        DispatchQueue(label: "seedbank.stop.message").async(group: announced) { announce() }
        // If nobody reads the message, it delays neither the stop nor the next signal.
        _ = announced.wait(timeout: .now() + .seconds(1))
        request()
      }
      source.resume()
    }
  }

  var isRequested: Bool { state.withLock(\.isRequested) }

  /// Runs `action` at the first request, or now if there was one.
  func whenRequested(_ action: @escaping @Sendable () -> Void) {
    let isLate = state.withLock { state in
      if !state.isRequested { state.actions.append(action) }
      return state.isRequested
    }
    if isLate { action() }
  }

  /// Whether the parent process wants it to ignore the signal, as nohup does.
  static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    // SIG_IGN is the address 1, which no handler has.
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: UInt.self) == 1
  }

  /// Tells the work to stop; called once.
  private func request() {
    let actions = state.withLock { state in
      state.isRequested = true
      defer { state.actions = [] }
      return state.actions
    }
    for action in actions { action() }
  }
}

extension Session {
  /// Listens for Ctrl-C, and at the first one prints what the command still waits for.
  ///
  /// - Parameter work: read when Ctrl-C is pressed.
  func stopRequest(
    waitingFor work: @autoclosure @escaping @Sendable () -> WorkInProgress
  ) -> StopRequest {
    StopRequest { [talk] in talk.note(work().sentence) }
  }
}

/// What a command completes before it stops.
enum WorkInProgress {
  case files, requests
  /// Nothing that takes time or costs anything.
  case nothing

  /// The message after the first Ctrl-C.
  var sentence: String {
    switch self {
    case .files: "Stopping after the current files. Press Ctrl-C again to quit now."
    case .nothing: "Stopping. Press Ctrl-C again to quit now."
    case .requests:
      "Waiting for requests already sent. Press Ctrl-C again to quit now (they may still be charged)."
    }
  }
}
