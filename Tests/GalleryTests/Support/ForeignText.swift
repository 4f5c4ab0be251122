import TestRandomness

/// Random text with reserved names, control characters and many scripts.
enum ForeignText {
  private static let pieces = [
    "a cat", "CON", "nul.txt", "..", "../../etc/passwd", "/", "\\", ".hidden", "-rf", "  ", ".",
    "...",
    "\u{0}", "\u{7}\u{1B}[31m", "\u{202E}gpj.exe", "\u{2066}x\u{2069}", "\u{200D}", "👩‍👩‍👧‍👦", "🏳️‍🌈",
    "e\u{301}", "é", "n\u{303}", "漢字かな交じり文", "한국어", "قطة", "ß", "ẞ", "İ", "ﬁ", "Å", "\u{212B}",
    "<b>", "\"'`$;&|", "a:b*c?", "\r\n", "\u{2028}", "\u{FEFF}", "\u{E000}", "\u{10FFFF}",
    String(repeating: "z", count: 300), String(repeating: "字", count: 120),
    "a" + String(repeating: "\u{301}", count: 200), "thumbnails", "index.html", "x.jpg", "COM¹",
  ]

  static func text(_ random: inout SeededGenerator) -> String {
    (0..<Int.random(in: 0...6, using: &random)).map { _ in
      pieces[Int.random(in: 0..<pieces.count, using: &random)]
    }.joined(separator: Bool.random(using: &random) ? " " : "")
  }
}
