/// A name, in which `*` stands for any text, or `none` for a value that is missing.
package struct NamePattern: Hashable, Sendable {
  /// Nil: the value is missing.
  package let wildcard: Wildcard?

  /// Reads what a person typed.
  package init(_ value: String) {
    wildcard = value.lowercased() == "none" ? nil : Wildcard(text: value)
  }

  /// The pattern as it is typed.
  package var text: String { wildcard.map { Condition.typed($0.text) } ?? "none" }

  /// Whether a name, or a missing one, matches.
  package func matches(_ name: String?) -> Bool {
    guard let wildcard else { return name == nil }
    return name.map(wildcard.matches) ?? false
  }
}
