import Platform
import TerminalGraphics

extension Doctor {
  /// The abilities of the terminal.
  ///
  /// If standard output is a pipe, the terminal of another stream is used.
  func terminalFindings() -> [DoctorFinding] {
    let environment = session.environment
    let locale = environment["LC_ALL"] ?? environment["LC_CTYPE"] ?? environment["LANG"]
    let streams = [STDOUT_FILENO, STDERR_FILENO, STDIN_FILENO]
    guard let stream = streams.first(where: { isatty($0) == 1 }) else {
      return [
        DoctorFinding(.terminal, "kind", "not a terminal"),
        DoctorFinding(.terminal, "locale", locale ?? "not set"),
      ]
    }
    let terminal = Terminal(descriptor: stream, environment: environment)
    let size = TerminalSize(descriptor: stream)
    let kind = [environment["TERM"], environment["TERM_PROGRAM"]].compactMap(\.self)
    let style = Style(.auto, terminal: terminal, environment: environment)
    let links = Hyperlink(terminal, environment: environment)
    return [
      DoctorFinding(.terminal, "kind", kind.isEmpty ? "unknown" : kind.joined(separator: ", ")),
      DoctorFinding(.terminal, "size", "\(size.columns) × \(size.rows)"),
      DoctorFinding(.terminal, "colors", style.isOn ? "yes" : "no"),
      DoctorFinding(.terminal, "links", links.isOn ? "yes" : "no"),
      DoctorFinding(
        .terminal, "images",
        PictureProtocol(detectedIn: { environment[$0] }).map(\.name) ?? "not supported"),
      DoctorFinding(.terminal, "locale", locale ?? "not set"),
    ]
  }
}

extension PictureProtocol {
  fileprivate var name: String {
    switch self {
    case .kitty: "Kitty graphics"
    case .iTerm2: "iTerm2 inline images"
    case .sixel: "Sixel"
    case .halfBlocks: "half blocks"
    }
  }
}
