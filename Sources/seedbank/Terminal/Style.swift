/// Styles text if colors are enabled.
struct Style: Sendable {
  let isOn: Bool

  init(isOn: Bool) { self.isOn = isOn }

  /// By `--color`, then by `NO_COLOR` (see no-color.org), then by the terminal.
  init(_ choice: ColorChoice, terminal: Terminal, environment: Environment) {
    isOn =
      switch choice {
      case .always: true
      case .never: false
      case .auto: terminal.isCapable && environment["NO_COLOR"] == nil
      }
  }

  func bold(_ text: String) -> String { paint(text, "1") }
  func faint(_ text: String) -> String { paint(text, "2") }
  func underlined(_ text: String) -> String { paint(text, "4") }
  /// A word that was searched for.
  func lit(_ text: String) -> String { paint(text, "1;33") }
  func good(_ text: String) -> String { paint(text, "32") }
  func warning(_ text: String) -> String { paint(text, "33") }
  func bad(_ text: String) -> String { paint(text, "31") }

  private func paint(_ text: String, _ code: String) -> String {
    isOn && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
