/// A way to show an image on a terminal.
package enum PictureProtocol: Hashable, Sendable {
  /// Kitty's graphics protocol, also in Ghostty.
  case kitty
  /// Inline images of iTerm2, also in WezTerm.
  case iTerm2
  case sixel
  /// `▀` in two colours, if no better protocol is known to work.
  case halfBlocks(HalfBlocks.Depth)
}

extension PictureProtocol {
  /// The best protocol of a terminal, by its variables; nil if it cannot show images.
  ///
  /// `variable` returns the value of a variable of the process; nil if it is empty or not set.
  /// The terminal is not queried: a terminal that does not know the query prints it, and a late answer
  /// appears on the next prompt. `TERM` is checked first, because every terminal sets it and SSH passes
  /// it on. A terminal that was started from another one inherits the other variables.
  package init?(detectedIn variable: (String) -> String?) {
    let kind = variable("TERM") ?? "dumb"
    guard kind != "dumb" else { return nil }
    if !Multiplexer.isThere(variable), let graphics = Self.graphics(of: kind, variable) {
      self = graphics
    } else if let depth = HalfBlocks.Depth(detectedIn: variable) {
      self = .halfBlocks(depth)
    } else {
      return nil
    }
  }

  private static func graphics(of kind: String, _ variable: (String) -> String?) -> Self? {
    if ["xterm-kitty", "xterm-ghostty"].contains(kind) { return .kitty }
    let family = kind.prefix { $0 != "-" }
    if ["foot", "mlterm", "contour", "yaft"].contains(family) { return .sixel }
    // iTerm2 sends LC_TERMINAL through SSH.
    if let program = variable("TERM_PROGRAM") ?? variable("LC_TERMINAL") {
      switch program {
      case "ghostty": return .kitty
      case "iTerm.app", "iTerm2", "WezTerm": return .iTerm2
      case "mintty": return .sixel
      default: return nil
      }
    }
    if variable("KITTY_WINDOW_ID") != nil { return .kitty }
    // Konsole has sixel since 22.04.
    if let version = variable("KONSOLE_VERSION").flatMap(Int.init), version >= 220_400 {
      return .sixel
    }
    return nil
  }
}

extension HalfBlocks.Depth {
  /// The number of colours of a terminal; nil for fewer than 256.
  package init?(detectedIn variable: (String) -> String?) {
    let kind = variable("TERM") ?? "dumb"
    guard kind != "dumb" else { return nil }
    let promises = ["truecolor", "24bit"].contains(variable("COLORTERM") ?? "")
    if Multiplexer.isScreen(variable) {
      // GNU screen up to 4 misinterprets 24-bit colours, whatever COLORTERM says.
      self = .indexed
    } else if promises || Self.isKnownForTrueColour(kind) {
      self = .trueColour
    } else if kind.contains("256color") || Multiplexer.isThere(variable) {
      self = .indexed
    } else {
      return nil
    }
  }

  private static func isKnownForTrueColour(_ kind: String) -> Bool {
    kind.hasSuffix("-direct") || ["xterm-kitty", "xterm-ghostty"].contains(kind)
      || ["alacritty", "contour", "foot", "wezterm"].contains(kind.prefix { $0 != "-" })
  }
}

/// tmux and GNU screen, which run between Seedbank and the terminal and do not pass on graphics.
private enum Multiplexer {
  static func isThere(_ variable: (String) -> String?) -> Bool {
    let kind = variable("TERM") ?? ""
    return variable("TMUX") != nil || variable("STY") != nil || kind.hasPrefix("tmux")
      || kind.hasPrefix("screen")
  }

  static func isScreen(_ variable: (String) -> String?) -> Bool {
    let kind = variable("TERM") ?? ""
    return variable("TMUX") == nil && (variable("STY") != nil || kind.hasPrefix("screen"))
  }
}
