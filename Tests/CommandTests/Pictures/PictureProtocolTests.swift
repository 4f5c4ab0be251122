import TerminalGraphics
import Testing

@testable import seedbank

@Suite("Image protocols of terminals")
struct PictureProtocolTests {
  @Test(
    "the variables of known terminals select their best protocol",
    arguments: [
      ("TERM=xterm-kitty", .kitty),
      ("TERM=xterm-kitty KITTY_WINDOW_ID=1", .kitty),
      ("TERM=xterm-256color KITTY_WINDOW_ID=1", .kitty),
      ("TERM=xterm-ghostty TERM_PROGRAM=ghostty", .kitty),
      ("TERM=xterm-256color TERM_PROGRAM=ghostty", .kitty),
      ("TERM=xterm-256color TERM_PROGRAM=iTerm.app COLORTERM=truecolor", .iTerm2),
      ("TERM=xterm-256color LC_TERMINAL=iTerm2", .iTerm2),
      ("TERM=xterm-256color TERM_PROGRAM=WezTerm", .iTerm2),
      ("TERM=foot", .sixel), ("TERM=foot-extra", .sixel), ("TERM=mlterm-256color", .sixel),
      ("TERM=xterm TERM_PROGRAM=mintty", .sixel),
      ("TERM=xterm-256color KONSOLE_VERSION=230401", .sixel),
      // The terminal was started from another terminal and inherited its variables.
      ("TERM=foot KITTY_WINDOW_ID=1", .sixel),
      ("TERM=xterm-256color TERM_PROGRAM=vscode KITTY_WINDOW_ID=1", .halfBlocks(.indexed)),
      ("TERM=xterm-256color KONSOLE_VERSION=211200", .halfBlocks(.indexed)),
      ("TERM=xterm-256color", .halfBlocks(.indexed)),
      ("TERM=xterm-256color COLORTERM=truecolor", .halfBlocks(.trueColour)),
      ("TERM=alacritty", .halfBlocks(.trueColour)),
      ("TERM=xterm-direct", .halfBlocks(.trueColour)),
      // tmux and screen do not forward graphics, and screen does not forward 24-bit colours.
      ("TERM=tmux-256color TMUX=/tmp/a KITTY_WINDOW_ID=1", .halfBlocks(.indexed)),
      ("TERM=screen TMUX=/tmp/a COLORTERM=truecolor", .halfBlocks(.trueColour)),
      ("TERM=xterm-kitty TMUX=/tmp/a", .halfBlocks(.trueColour)),
      ("TERM=screen STY=1.a COLORTERM=truecolor", .halfBlocks(.indexed)),
      ("TERM=screen-256color COLORTERM=24bit", .halfBlocks(.indexed)),
      ("TERM=foot STY=1.a", .halfBlocks(.indexed)),
      ("TERM=linux", nil), ("TERM=vt220", nil), ("TERM=xterm", nil),
      ("TERM=dumb KITTY_WINDOW_ID=1 COLORTERM=truecolor", nil), ("COLORTERM=truecolor", nil),
    ] as [(String, PictureProtocol?)])
  func detection(variables: String, expected: PictureProtocol?) {
    #expect(PictureProtocol(.auto, environment: environment(variables)) == expected)
  }

  @Test("the option overrides the detected protocol")
  func choices() {
    let plain = environment("TERM=xterm")
    let kitty = environment("TERM=xterm-kitty")
    #expect(PictureProtocol(.auto, environment: kitty) == .kitty)
    #expect(PictureProtocol(.none, environment: kitty) == nil)
    #expect(PictureProtocol(.sixel, environment: kitty) == .sixel)
    #expect(PictureProtocol(.iterm, environment: plain) == .iTerm2)
    #expect(PictureProtocol(.kitty, environment: plain) == .kitty)
    #expect(PictureProtocol(.blocks, environment: plain) == .halfBlocks(.indexed))
    #expect(PictureProtocol(.blocks, environment: kitty) == .halfBlocks(.trueColour))
  }

  private func environment(_ variables: String) -> Environment {
    let pairs = variables.split(separator: " ").map { $0.split(separator: "=", maxSplits: 1) }
    return Environment(
      variables: Dictionary(uniqueKeysWithValues: pairs.map { (String($0[0]), String($0[1])) }))
  }
}
