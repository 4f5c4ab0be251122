import SeedbankQuery

/// Highlights the matched words of a query in the output.
struct Highlighter: Sendable {
  /// The parts of a text that match the words that the query searches in texts of this kind.
  let ranges: @Sendable (String, Query.HighlightedText) -> [Range<String.Index>]
  let style: Style

  static func none(_ style: Style) -> Highlighter {
    Highlighter(ranges: { _, _ in [] }, style: style)
  }

  func lit(_ text: String, in kind: Query.HighlightedText) -> String {
    guard style.isOn else { return text }
    var result = ""
    var position = text.startIndex
    for range in ranges(text, kind) where range.lowerBound >= position {
      result += text[position..<range.lowerBound]
      result += style.lit(String(text[range]))
      position = range.upperBound
    }
    return result + text[position...]
  }
}
