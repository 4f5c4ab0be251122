/// A number with its noun.
enum Count {
  /// `1 image`, `2 images`.
  static func text(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }
}
