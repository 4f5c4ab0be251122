/// The text of a size: `1024x1024`, or a name such as `2K`.
package enum SizeLabel {
  /// The pixels in the text, or nil if it is a name.
  ///
  /// The `x` can be a capital, because case is ignored in all values.
  package static func pixels(_ label: String) -> (width: Int, height: Int)? {
    let sides = label.split(omittingEmptySubsequences: false) { $0 == "x" || $0 == "X" }
      .map { Int($0) }
    guard sides.count == 2, let width = sides[0], let height = sides[1], width > 0, height > 0
    else { return nil }
    return (width, height)
  }
}

extension Condition {
  /// Whether a size in pixels matches a condition on width, height or ratio.
  package func contains(width: Int, height: Int) -> Bool {
    switch self {
    case .width(let interval): interval.contains(Int64(width))
    case .height(let interval): interval.contains(Int64(height))
    case .ratio(let pattern): pattern.contains(width: width, height: height)
    default: false
    }
  }
}
