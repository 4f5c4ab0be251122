/// A number with its noun.
enum Count {
  /// `1 image`, `2 images`.
  static func text(_ number: Int, _ noun: String) -> String {
    text(number, noun, noun + "s")
  }

  /// `1 library`, `2 libraries`.
  static func text(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }

  /// The pronoun for this number of things.
  static func them(_ number: Int) -> String { number == 1 ? "it" : "them" }
}
