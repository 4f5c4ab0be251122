/// The first words of a prompt, to identify the generation.
enum PromptExcerpt {
  private static let width = 32

  /// `41 'a designer's desk…'`; only the id if the prompt is empty.
  static func named(_ id: some CustomStringConvertible, _ prompt: String) -> String {
    let text = text(prompt)
    return text.isEmpty ? "\(id)" : "\(id) '\(text)'"
  }

  /// As many whole words as fit on one line.
  static func text(_ prompt: String) -> String {
    let line = SafeText.line(prompt).split(separator: " ").joined(separator: " ")
    guard DisplayWidth.of(line) > width else { return line }
    let (front, _) = DisplayWidth.prefix(line, columns: width - 1)
    // Text without spaces is cut between characters.
    guard let space = front.lastIndex(of: " "), front[..<space].count > front.count / 2 else {
      return front + "…"
    }
    return front[..<space] + "…"
  }
}
