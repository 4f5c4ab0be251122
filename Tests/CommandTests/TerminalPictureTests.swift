import Imaging
import Testing

@testable import seedbank

@Suite("Pictures on a terminal")
struct TerminalPictureTests {
  private func pixels(_ width: Int, _ height: Int) throws -> Pixels {
    let bytes = (0..<width * height).flatMap { number -> [UInt8] in
      number % width < width / 2 ? [255, 0, 0] : [0, 0, 255]
    }
    return try #require(Pixels(width: width, height: height, layout: .rgb, bytes: bytes))
  }

  @Test(
    "the terminal is known by its own variables; inside a multiplexer only blocks are safe",
    arguments: [
      (["TERM": "xterm-kitty"], PictureProtocol.kitty),
      (["TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"], .kitty),
      (["TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"], .iterm),
      (["TERM": "foot"], .sixel), (["TERM": "xterm-256color"], .blocks), ([:], .blocks),
      (["TERM": "tmux-256color", "KITTY_WINDOW_ID": "1", "TMUX": "x"], .blocks),
    ])
  func detection(variables: [String: String], kind: PictureProtocol) {
    #expect(PictureProtocol(Environment(variables: variables)) == kind)
  }

  @Test("half blocks put two pixels into each character")
  func blocks() throws {
    let text = try TerminalPicture.text(pixels(8, 8), .blocks, columns: 8)
    let lines = text.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines.allSatisfy { $0.filter { $0 == "▀" }.count == 8 })
    #expect(lines[0].hasPrefix("\u{1B}[38;2;255;0;0;48;2;255;0;0m▀"))
    #expect(lines.allSatisfy { $0.hasSuffix("\u{1B}[0m") })
  }

  @Test("sixels name their size, their colours, and every band")
  func sixels() throws {
    let text = try TerminalPicture.text(pixels(8, 13), .sixel, columns: 8)
    #expect(text.hasPrefix("\u{1B}Pq\"1;1;8;13#5;2;0;0;100#180;2;100;0;0"))
    #expect(text.hasSuffix("\u{1B}\\\n"))
    #expect(text.filter { $0 == "-" }.count == 3)
    #expect(text.contains("#180!4~!4?"))
  }

  @Test("kitty's pieces are no longer than it takes, and only the last says that it is")
  func kitty() throws {
    let noise = (0..<300 * 300 * 3).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
    let picture = try #require(Pixels(width: 300, height: 300, layout: .rgb, bytes: noise))
    let text = try TerminalPicture.text(picture, .kitty, columns: 60)
    let pieces = text.split(separator: "\u{1B}\\").dropLast()
    #expect(pieces.count > 1)
    #expect(pieces.allSatisfy { $0.hasPrefix("\u{1B}_G") && $0.utf8.count < 4096 + 40 })
    #expect(pieces.dropLast().allSatisfy { $0.contains("m=1;") })
    #expect(pieces.last?.contains("m=0;") == true)
  }
}
