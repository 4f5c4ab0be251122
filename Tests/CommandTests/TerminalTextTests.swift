import Testing

@testable import seedbank

@Suite("Text on a terminal")
struct TerminalTextTests {
  @Test(
    "widths of text match those of terminals",
    arguments: [
      ("plain", 5), ("", 0), ("né", 2), ("ne\u{301}", 2), ("水彩", 4), ("ｱ", 1), ("Ａ", 2),
      ("한국", 4), ("👩‍👩‍👧‍👦", 2), ("🇫🇷", 2), ("❤️", 2), ("❤", 1), ("★", 1), ("a\u{200B}b", 2),
      ("👍🏽", 2), ("é水🙂", 5), ("ไทย", 3), ("นี้", 1), ("1️⃣", 2),
    ])
  func width(text: String, columns: Int) {
    #expect(DisplayWidth.of(text) == columns)
  }

  @Test("a wide character is never split")
  func cut() {
    #expect(TextTable.cut("水彩画", to: 6) == ("水彩画", 0))
    #expect(TextTable.cut("水彩画", to: 5) == ("水彩…", 0))
    #expect(TextTable.cut("水彩画", to: 4) == ("水…", 1))
    #expect(TextTable.cut("ab", to: 1) == ("…", 0))
    #expect(TextTable.cut("ab", to: 0) == ("", 0))
  }

  @Test(
    "escape sequences and control characters are removed from foreign text",
    arguments: [
      ("red \u{1B}[31m", "red [31m"), ("a\tb\nc", "a b c"), ("\u{9B}31m", "31m"),
      ("a\u{202E}b\u{2066}c", "abc"), ("bell\u{7}\u{7F}", "bell"), ("水彩", "水彩"),
      ("👩‍👧", "👩‍👧"), ("x\u{2028}y", "x y"),
    ])
  func safety(text: String, safe: String) {
    #expect(SafeText.line(text) == safe)
  }

  @Test("line feeds are kept in text of several lines")
  func lines() {
    #expect(SafeText.lines("a\r\nb\nc\u{1B}") == "a\nb\nc")
  }

  @Test("a sentence after a label is wrapped at words, and nothing is lost")
  func paragraphs() {
    let text = "The request was sent, but no usable reply arrived: 猫 it may have been charged"
    for columns in 20...120 {
      for (label, indent) in [("", 0), ("seedbank: ", 2), ("      ", 10)] {
        let paragraph = TextWrap.paragraph(text, label: label, indent: indent, columns: columns)
        let lines = paragraph.split(separator: "\n")
        #expect(lines.allSatisfy { DisplayWidth.of($0) <= columns })
        #expect(
          lines.dropFirst().allSatisfy { $0.hasPrefix(String(repeating: " ", count: indent)) })
        let words = paragraph.split { " \n".contains($0) }.joined(separator: " ")
        #expect(words == (label + text).split(separator: " ").joined(separator: " "))
      }
    }
    #expect(TextWrap.paragraph(text, label: "x: ", indent: 2, columns: nil) == "x: \(text)\n")
  }

  @Test("no line of wrapped text is wider than the terminal, and no word is lost")
  func wrapping() {
    let text = "a lighthouse at dusk 灯台の夕暮れ averyveryverylongwordindeed end"
    for columns in 8...40 {
      let lines = TextWrap.lines(text, columns: columns)
      #expect(lines.allSatisfy { DisplayWidth.of($0) <= columns })
      #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
    }
  }

  @Test("a table leaves out its least important columns first, then cuts the last")
  func narrowTable() {
    var table = TextTable([
      .init(title: "id", alignment: .right), .init(title: "size", importance: 1),
      .init(title: "tags", importance: 2), .init(title: "prompt"),
    ])
    table.rows = [
      ["7", "1024x1024", "coast", "a lighthouse at dusk, watercolor"],
      ["12", "2K", "", "水彩画の灯台"],
    ]
    let style = Style(isOn: false)
    #expect(
      table.rendered(width: nil, style: style) == """
        id  size       tags   prompt
         7  1024x1024  coast  a lighthouse at dusk, watercolor
        12  2K                水彩画の灯台

        """)
    #expect(
      table.rendered(width: 40, style: style) == """
        id  tags   prompt
         7  coast  a lighthouse at dusk, waterc…
        12         水彩画の灯台

        """)
    #expect(
      table.rendered(width: 20, style: style) == """
        id  prompt
         7  a lighthouse at…
        12  水彩画の灯台

        """)
    for width in 6...60 {
      let lines = table.rendered(width: width, style: style).split(separator: "\n")
      #expect(lines.allSatisfy { DisplayWidth.of($0) <= width })
    }
  }

  @Test("a progress line fits its terminal at every width")
  func progress() {
    let progress = Progress(
      label: "sync", done: 1234, total: 10_000, detail: "16 running, 3 failed", elapsed: 80)
    for columns in 10...200 { #expect(DisplayWidth.of(progress.line(columns: columns)) <= columns) }
    #expect(
      progress.line(columns: 120)
        == "███░░░░░░░░░░░░░░░░░░░░░░░░░░░  sync 1234/10000 · 16 running, 3 failed · 15/s · 9 min 29 s left"
    )
  }

  @Test(
    "file sizes are short",
    arguments: [
      (0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (9_949, "9.9 kB"), (9_951, "10 kB"),
      (999_949, "1000 kB"), (999_951, "1.0 MB"), (64 << 20, "67 MB"), (3_200_000_000, "3.2 GB"),
    ])
  func bytes(count: Int64, text: String) {
    #expect(ByteCount.text(count) == text)
  }
}
