import Platform
import Synchronization

/// The line of progress at the bottom of the terminal.
///
/// It is shown only on a terminal.
final class ProgressLine: Sendable {
  private struct State {
    var isShown = false
    var lastDrawn = -Double.infinity
    var latest: Progress?
  }

  /// Whether it is shown.
  let isOn: Bool
  private let state = Mutex(State())
  /// At most ten times per second.
  private static let interval = 0.1

  init(_ talk: Diagnostics) { isOn = !talk.isQuiet && talk.terminal.isCapable }

  /// Shows the progress, unless it was shown just before.
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

  /// Removes the line, so that other text can be printed.
  ///
  /// The next `show` draws it again.
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
    // The last column is not used, because some terminals start a new line after it.
    let columns = (Terminal.width(of: STDERR_FILENO) ?? 80) - 1
    StandardError.write("\r\(progress.line(columns: max(columns, 10)))\u{1B}[K")
    state.isShown = true
  }
}
