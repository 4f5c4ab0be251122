import FilePaths
import Testing

@testable import seedbank

@Suite("Arguments that are not UTF-8")
struct RawTextTests {
  @Test("any bytes survive the conversion to text, and UTF-8 does not change")
  func roundTrip() {
    var random = SystemRandomNumberGenerator()
    let pieces: [[UInt8]] = [
      Array("plain".utf8), Array("\u{E9}".utf8), Array("e\u{301}".utf8), [0xE9], [0x80], [0xC3],
      [0xFF], Array("\u{10FEE9}".utf8), Array("\u{FFFD}".utf8), [0xED, 0xA0, 0x80], [0xF4, 0x90],
    ]
    for _ in 0..<5_000 {
      let bytes = (0..<Int.random(in: 0...6, using: &random)).flatMap { _ in
        pieces.randomElement(using: &random) ?? []
      }
      let text = RawText.text(of: bytes)
      #expect(RawText.bytes(of: text) == bytes)
      #expect(RawText.utf8(text) == String(validating: bytes, as: UTF8.self))
    }
    #expect(RawText.text(of: Array("e\u{301}x".utf8)).utf8.elementsEqual("e\u{301}x".utf8))
  }
}
