import Glibc
import Synchronization

/// The one line of progress at the foot of the terminal; nowhere but on a terminal.
final class ProgressLine: Sendable {
  private struct State {
    var isShown = false
    var lastDrawn = -Double.infinity
    var latest: Progress?
  }

  private let isOn: Bool
  private let state = Mutex(State())
  /// Ten times a second is as often as eyes follow.
  private static let interval = 0.1

  init(_ talk: Diagnostics) { isOn = !talk.isQuiet && talk.terminal.isCapable }

  /// Shows where the work is, unless that was shown a moment ago.
  func show(_ progress: Progress) {
    guard isOn else { return }
    state.withLock { state in
      state.latest = progress
      let now = Clock.monotonic()
      guard now - state.lastDrawn >= Self.interval else { return }
      state.lastDrawn = now
      Self.draw(&state)
    }
  }

  /// Takes the line away, so that something else can be printed; the next `show` draws it again.
  func clear() {
    guard isOn else { return }
    state.withLock { state in
      if state.isShown { StandardError.write("\r\u{1B}[K") }
      state.isShown = false
    }
  }

  /// Prints above the line.
  func above(_ print: () throws -> Void) rethrows {
    clear()
    try print()
    guard isOn else { return }
    state.withLock { if $0.latest != nil { Self.draw(&$0) } }
  }

  private static func draw(_ state: inout State) {
    guard let progress = state.latest else { return }
    // The last column is left free: writing to it makes some terminals begin a new line.
    let columns = (Terminal.width(of: STDERR_FILENO) ?? 80) - 1
    StandardError.write("\r\(progress.line(columns: max(columns, 10)))\u{1B}[K")
    state.isShown = true
  }
}
