/// The numbers between two bounds, either of which may be open or absent.
struct Interval<Value: Comparable & Hashable & Sendable>: Hashable, Sendable {
  struct Bound: Hashable, Sendable {
    let value: Value
    let isIncluded: Bool
  }

  var lower: Bound?
  var upper: Bound?

  init(lower: Bound?, upper: Bound?) {
    self.lower = lower
    self.upper = upper
  }

  init(_ range: ClosedRange<Value>) {
    lower = Bound(value: range.lowerBound, isIncluded: true)
    upper = Bound(value: range.upperBound, isIncluded: true)
  }

  func contains(_ value: Value) -> Bool {
    if let lower, value < lower.value || (value == lower.value && !lower.isIncluded) {
      return false
    }
    if let upper, value > upper.value || (value == upper.value && !upper.isIncluded) {
      return false
    }
    return true
  }
}

extension Interval where Value == Int64 {
  /// The first and last number, or nil where there is none between the bounds.
  var closed: ClosedRange<Int64>? {
    var first = lower?.value ?? .min
    var last = upper?.value ?? .max
    if let lower, !lower.isIncluded {
      guard first < .max else { return nil }
      first += 1
    }
    if let upper, !upper.isIncluded {
      guard last > .min else { return nil }
      last -= 1
    }
    return first <= last ? first...last : nil
  }
}

extension Interval {
  /// As the query language writes it: `5`, `1..9`, `>=5`, `<3`.
  var text: String {
    switch (lower, upper) {
    case (nil, nil): return ".."
    case (let lower?, nil): return (lower.isIncluded ? ">=" : ">") + "\(lower.value)"
    case (nil, let upper?): return (upper.isIncluded ? "<=" : "<") + "\(upper.value)"
    case (let lower?, let upper?):
      return lower == upper ? "\(lower.value)" : "\(lower.value)..\(upper.value)"
    }
  }

  /// Reads what `text` writes, and `=5`, `5..`, `..9`; nil where it is something else, or where a
  /// range ends before it begins.
  init?(_ text: some StringProtocol, number: (String) -> Value?) {
    let text = String(text)
    for (sign, isLower, isIncluded) in [
      (">=", true, true), ("<=", false, true), (">", true, false), ("<", false, false),
    ] where text.hasPrefix(sign) {
      guard let value = number(String(text.dropFirst(sign.count))) else { return nil }
      let bound = Bound(value: value, isIncluded: isIncluded)
      self.init(lower: isLower ? bound : nil, upper: isLower ? nil : bound)
      return
    }
    if let dots = text.firstRange(of: "..") {
      let parts = [text[..<dots.lowerBound], text[dots.upperBound...]].map(String.init)
      var bounds: [Bound?] = []
      for part in parts {
        guard !part.isEmpty else {
          bounds.append(nil)
          continue
        }
        guard let value = number(part) else { return nil }
        bounds.append(Bound(value: value, isIncluded: true))
      }
      guard bounds[0] != nil || bounds[1] != nil else { return nil }
      if let lower = bounds[0], let upper = bounds[1], lower.value > upper.value { return nil }
      self.init(lower: bounds[0], upper: bounds[1])
      return
    }
    let digits = text.hasPrefix("=") ? String(text.dropFirst()) : text
    guard let value = number(digits) else { return nil }
    self.init(value...value)
  }
}
