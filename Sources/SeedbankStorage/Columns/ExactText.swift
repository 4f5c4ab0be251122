import SeedbankQuery

/// A text that is compared by its bytes, as SQLite compares it.
///
/// Swift takes canonically equivalent texts for equal, but two tags can differ in only that.
struct ExactText: Hashable {
  let text: String

  init(_ text: String) { self.text = text }

  static func == (left: Self, right: Self) -> Bool { left.text.isIdentical(to: right.text) }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
