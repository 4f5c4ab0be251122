/// The ways in which terminals show pictures.
enum PictureProtocol: String, Sendable, CaseIterable {
  /// kitty's graphics protocol, which Ghostty and WezTerm speak too.
  case kitty
  /// iTerm2's inline images.
  case iterm
  /// DEC's sixels.
  case sixel
  /// Two pixels in each character, by its two halves, where nothing better is known.
  case blocks

  /// The best that the terminal is known for. Nobody is asked: an answer would come through the
  /// keyboard's stream, and late.
  init(_ environment: Environment) {
    let kind = environment["TERM"] ?? ""
    let program = environment["TERM_PROGRAM"] ?? environment["LC_TERMINAL"] ?? ""
    // Inside a multiplexer the picture would land where the multiplexer does not expect it.
    let isWrapped =
      environment["TMUX"] != nil || kind.hasPrefix("screen") || kind.hasPrefix("tmux")
    if isWrapped {
      self = .blocks
    } else if environment["KITTY_WINDOW_ID"] != nil || kind == "xterm-kitty"
      || kind == "xterm-ghostty" || program == "ghostty" || program == "WezTerm"
    {
      self = .kitty
    } else if program.hasPrefix("iTerm") || program == "mintty" {
      self = .iterm
    } else if kind.hasPrefix("foot") || kind == "mlterm" || kind.contains("sixel") {
      self = .sixel
    } else {
      self = .blocks
    }
  }
}
