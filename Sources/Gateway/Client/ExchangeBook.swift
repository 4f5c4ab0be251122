import Synchronization

/// Who may send, and who has begun to: what tells "not submitted" from "outcome unknown".
///
/// Every exchange is opened here before the HTTP library hears of it. The connection asks for leave
/// when the library hands it a request, just before the first byte could go out, and gets it once. An
/// exchange that was closed before that never gets it. So "not begun" is final, whatever the library
/// still holds in its queues, and no exchange can go out twice, whatever it retries.
final class ExchangeBook: Sendable {
  struct Ticket: Hashable, Sendable {
    let number: UInt64
  }

  private struct State {
    var next: UInt64 = 0
    var open: [Ticket: Entry] = [:]
  }

  private struct Entry {
    let target: String
    var begun = false
  }

  private let state = Mutex(State())

  /// - Parameter target: The request target, byte for byte as it will be sent.
  func open(target: String) -> Ticket {
    state.withLock { state in
      state.next += 1
      let ticket = Ticket(number: state.next)
      state.open[ticket] = Entry(target: target)
      return ticket
    }
  }

  /// Leave to send, given once: the target to send, or nil.
  func begin(_ ticket: Ticket) -> String? {
    state.withLock { state in
      guard let entry = state.open[ticket], !entry.begun else { return nil }
      state.open[ticket]?.begun = true
      return entry.target
    }
  }

  /// Ends an exchange; true if it had begun to be sent.
  func close(_ ticket: Ticket) -> Bool {
    state.withLock { $0.open.removeValue(forKey: ticket)?.begun ?? true }
  }
}
