import Testing

@testable import SeedbankProviders

@Suite("Foreign text")
struct ForeignTextTests {
  @Test(
    "control characters, escapes, hidden marks and signatures are removed",
    arguments: [
      ("plain", "plain"), ("  a \n b\t c ", "a b c"), ("\u{1B}[1;31mred\u{1B}[0m", "red"),
      ("\u{1B}]0;title\u{07}after", "after"), ("\u{1B}]8;;http://x\u{1B}\\link", "link"),
      ("a\u{1B}", "a"), ("a\u{9B}31mb", "a 31mb"), ("\u{202E}evil\u{2066}", "evil"),
      ("zero\u{200B}width", "zerowidth"),
      ("at https://c.example/a?sig=1&b=2, gone", "at https://c.example/a?… gone"),
      ("https://key@c.example/", "https://c.example/"),
      ("https://c.example/a?\u{301}sig=1", "https://c.example/a?…"),
      ("https://key@\u{301}c.example/#\u{301}x", "https://\u{301}c.example/?…"),
      ("(https://c.example/a#token)", "(https://c.example/a?…"),
    ])
  func cleaned(_ text: String, _ expected: String) {
    #expect(PrintableText.clean(text, limit: 100) == expected)
  }

  @Test("the length is limited in characters, and an empty text is nil")
  func capped() {
    #expect(PrintableText.clean(String(repeating: "é", count: 5_000), limit: 10)?.count == 10)
    #expect(PrintableText.clean(" \u{1B}[0m\n", limit: 10) == nil)
  }
}
