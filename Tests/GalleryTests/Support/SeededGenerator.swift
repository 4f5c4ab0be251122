/// The SplitMix64 generator: the same numbers in every run, so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

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
