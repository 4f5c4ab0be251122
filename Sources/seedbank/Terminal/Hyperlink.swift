import FilePaths
import Platform

/// Links that a terminal opens on a click: OSC 8, as
/// gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda describes it.
struct Hyperlink: Sendable, Equatable {
  let isOn: Bool

  init(isOn: Bool) { self.isOn = isOn }

  /// Enabled in terminals that support it.
  ///
  /// `FORCE_HYPERLINK` overrides this.
  init(_ terminal: Terminal, environment: Environment) {
    if let forced = environment["FORCE_HYPERLINK"] {
      isOn = terminal.isPresent && forced != "0"
    } else {
      isOn = terminal.isCapable && Self.isKnown(environment)
    }
  }

  private static func isKnown(_ environment: Environment) -> Bool {
    let kind = environment["TERM"] ?? ""
    // tmux passes on links since 3.4, GNU screen does not.
    if environment["STY"] != nil || kind.hasPrefix("screen") && environment["TMUX"] == nil {
      return false
    }
    if environment["TMUX"] != nil || kind.hasPrefix("tmux") {
      guard environment["TERM_PROGRAM"] == "tmux" else { return false }
      let version = (environment["TERM_PROGRAM_VERSION"] ?? "").split(separator: ".")
      let numbers = version.map { Int($0.prefix { $0.isNumber }) ?? 0 }
      return numbers.count > 1 && (numbers[0], numbers[1]) >= (3, 4)
    }
    if ["xterm-kitty", "xterm-ghostty", "alacritty"].contains(kind) { return true }
    if ["foot", "contour", "wezterm"].contains(kind.prefix { $0 != "-" }) { return true }
    if let program = environment["TERM_PROGRAM"],
      ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper"].contains(program)
    {
      return true
    }
    // VTE (GNOME Terminal and others) since 0.50; Konsole since 20.12.
    if let version = environment["VTE_VERSION"].flatMap({ Int($0) }) { return version >= 5000 }
    if let version = environment["KONSOLE_VERSION"].flatMap({ Int($0) }) {
      return version >= 201_200
    }
    return environment["WT_SESSION"] != nil
  }

  /// The path as safe text, as a link to the file if links are enabled.
  func path(_ path: FilePath) -> String {
    let shown = SafeText.line("\(path)")
    guard isOn, path.isAbsolute else { return shown }
    var name = [CChar](repeating: 0, count: 256)
    let host =
      gethostname(&name, name.count - 1) == 0
      ? String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : ""
    return "\u{1B}]8;;file://\(Self.encoded(Array(host.utf8)))\(Self.encoded(path.bytes))\u{1B}\\"
      + shown + "\u{1B}]8;;\u{1B}\\"
  }

  /// Percent-encoded, except for characters that are allowed in a path.
  private static func encoded(_ bytes: [UInt8]) -> String {
    bytes.reduce(into: "") { text, byte in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E:
        text.append(Character(Unicode.Scalar(byte)))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + (digits.count == 1 ? "0" : "") + digits
      }
    }
  }
}
