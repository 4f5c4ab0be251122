extension ComfyWalk {
  /// A text, if the file contains it.
  enum Text {
    case known(String)
    /// Made at run time.
    case generated
    case unknown

    var known: String? {
      if case .known(let text) = self { text } else { nil }
    }
  }

  /// The longest text.
  ///
  /// Longer ones are not prompts; they come from graphs that join a text with itself repeatedly.
  private static let longestText = 1 << 18

  /// The typed or linked text of an input.
  func text(_ index: Int, _ input: String) -> Text {
    if let link = node(index).links[input] { return text(at: link) }
    return node(index).values[input]?.string.map(Text.known) ?? .unknown
  }

  /// The text of an output.
  ///
  /// A text that depends on itself is unknown.
  func text(at link: Link) -> Text {
    texts.once(link, limits, cost: cost(link.node)) { resolvedText(at: link) } ?? .unknown
  }

  private func resolvedText(at link: Link) -> Text {
    let index = link.node
    switch output(link) {
    case .generated?: return .generated
    case .value(let name)?:
      return edited(text(index, name), at: index)
    case .same(let names)?:
      let texts = names.filter(node(index).hasInput).map {
        text(index, $0)
      }
      return texts.first { $0.known != nil } ?? texts.first ?? .unknown
    case .joined(let names, let separator, let standard)?:
      return joined(names, by: separator, standard, of: index)
    case .joinedAll(let prefix, let separator, let standard)?:
      let names = Set(node(index).links.keys).union(node(index).values.keys)
        .filter { $0.hasPrefix(prefix) && Int($0.dropFirst(prefix.count)) != nil }
        .sorted(by: ComfyGraph.precedes)
      return joined(names, by: separator, standard, of: index)
    case .mixed(let prompt, let style, let encoder)?:
      return mixed(prompt, style, for: encoder, of: index)
    case .field(let field)?:
      guard case .input(let owner, let name)? = source(of: field, at: index) else {
        return .unknown
      }
      return text(owner, name)
    case .either(_, let on, let off)?:
      guard let chosen = chosenInput(of: link) else {
        return .unknown
      }
      let text = text(index, chosen)
      // The answer of a language model is not in the file. The user's text is at the other input.
      guard case .generated = text else { return text }
      let other = self.text(index, chosen == on ? off : on)
      return other.known == nil ? text : other
    case .numbered?, .named?, .first?:
      guard let chosen = chosenInput(of: link) else {
        return .unknown
      }
      return text(index, chosen)
    case .encoded?, .merged?, .nothing?: return .unknown
    case nil:
      // An unknown node has a text only if it has exactly one input.
      let node = node(index)
      guard node.inputCount == 1, let name = node.values.keys.first ?? node.links.keys.first else {
        return .unknown
      }
      return text(index, name)
    }
  }

  private func joined(
    _ names: [String], by separator: String, _ standard: String, of index: Int
  ) -> Text {
    let parts = names.filter(node(index).hasInput).map {
      text(index, $0)
    }
    let keepsEmpty = ComfyNodeTable.separateEmptyParts.contains(node(index).kind)
    let isTrimmed = flag("clean_whitespace", of: index)
    let known = parts.compactMap(\.known)
      .map { isTrimmed ? $0.trimmingWhitespace : $0 }
      .filter { keepsEmpty || !$0.isEmpty }
    guard known.contains(where: { !$0.isEmpty }) else {
      if parts.contains(where: { $0.known != nil }) { return .known("") }
      let isGenerated = parts.contains { if case .generated = $0 { true } else { false } }
      return isGenerated ? .generated : .unknown
    }
    let delimiter = separator.isEmpty ? nil : text(index, separator).known
    let length = known.reduce(0) { $0 + $1.utf8.count }
    guard length <= Self.longestText, limits.count(length / 16) else { return .unknown }
    return .known(known.joined(separator: delimiter.map(Self.unescaped) ?? standard))
  }

  /// In some nodes, the delimiter is typed with an escaped line break.
  private static func unescaped(_ delimiter: String) -> String {
    delimiter == "\\n" ? "\n" : delimiter
  }

  /// The text as a node hands it on: ComfyUI's `StringTrim` removes white space at its ends, KJ's
  /// multiline string may strip line feeds, and WAS's drops comments.
  private func edited(_ text: Text, at index: Int) -> Text {
    guard let words = text.known else { return text }
    if node(index).kind == "StringTrim" { return trimmed(words, at: index) }
    if flag("strip_newlines", of: index) {
      return .known(words.filter { !$0.isNewline }.trimmingWhitespace)
    }
    let comment = UInt8(ascii: "#")
    guard ComfyNodeTable.commentedTexts.contains(node(index).kind), words.utf8.contains(comment)
    else { return text }
    // By scalars: CR LF is one Character.
    let lines = words.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
      .map { String($0) }.filter { $0.trimmingWhitespace.utf8.first != comment }
    return .known(lines.joined(separator: "\n"))
  }

  private func trimmed(_ words: String, at index: Int) -> Text {
    guard node(index).hasInput("mode") else { return .known(words.trimmingWhitespace) }
    switch value(index, ["mode"])?.string {
    case "Both": return .known(words.trimmingWhitespace)
    case "Left": return .known(String(words.drop(while: \.isWhitespace)))
    case "Right":
      let end = words.lastIndex { !$0.isWhitespace }.map(words.index(after:))
      return .known(String(words[..<(end ?? words.startIndex)]))
    default: return .unknown
    }
  }

  /// Whether an option of a node is on.
  private func flag(_ name: String, of index: Int) -> Bool {
    node(index).hasInput(name) && value(index, [name]).flatMap(Self.truth) == true
  }

  private func mixed(
    _ prompt: String, _ style: String, for encoder: String, of index: Int
  ) -> Text {
    let preset = value(index, ["preset"])?.string ?? ""
    let takesStyle: Bool
    switch preset {
    case "default with style text":
      return joined([prompt, style], by: "", "", of: index)
    case "style boost 1": takesStyle = encoder == "l"
    case "style boost 2": takesStyle = encoder != "l"
    case "style text to refiner": takesStyle = encoder == "r"
    default: takesStyle = false
    }
    return text(index, takesStyle ? style : prompt)
  }
}
