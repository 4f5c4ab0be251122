/// Highlights the matched words of a query in the output.
struct Highlighter: Sendable {
  /// The parts of a text that match the words of the query.
  let ranges: @Sendable (String) -> [Range<String.Index>]
  let style: Style

  static func none(_ style: Style) -> Highlighter { Highlighter(ranges: { _ in [] }, style: style) }

  func lit(_ text: String) -> String {
    guard style.isOn else { return text }
    var result = ""
    var position = text.startIndex
    for range in ranges(text) where range.lowerBound >= position {
      result += text[position..<range.lowerBound]
      result += style.lit(String(text[range]))
      position = range.upperBound
    }
    return result + text[position...]
  }
}
