import SeedbankModel

/// The numbers between two bounds, which can be exclusive or missing.
package struct Interval<Value: Comparable & Hashable & Sendable>: Hashable, Sendable {
  package struct Bound: Hashable, Sendable {
    package let value: Value
    package let isIncluded: Bool
  }

  package var lower: Bound?
  package var upper: Bound?

  package init(lower: Bound?, upper: Bound?) {
    self.lower = lower
    self.upper = upper
  }

  package init(_ range: ClosedRange<Value>) {
    lower = Bound(value: range.lowerBound, isIncluded: true)
    upper = Bound(value: range.upperBound, isIncluded: true)
  }

  package func contains(_ value: Value) -> Bool {
    if let lower, value < lower.value || (value == lower.value && !lower.isIncluded) {
      return false
    }
    if let upper, value > upper.value || (value == upper.value && !upper.isIncluded) {
      return false
    }
    return true
  }
}

/// A number of a bounded range with neighbours.
package protocol WholeNumber: Comparable {
  static var min: Self { get }
  static var max: Self { get }
  /// The number at a distance of `step`; nil beyond the range.
  func advanced(by step: Int) -> Self?
}

extension Int64: WholeNumber {
  package func advanced(by step: Int) -> Int64? {
    let (number, isBeyond) = addingReportingOverflow(Int64(step))
    return isBeyond ? nil : number
  }
}

extension ImageSeed: WholeNumber {}

extension Interval where Value: WholeNumber {
  /// The first and last number, or nil if there is none between the bounds.
  package var closed: ClosedRange<Value>? {
    let lower = lower.map { $0.isIncluded ? $0.value : $0.value.advanced(by: 1) } ?? Value.min
    let upper = upper.map { $0.isIncluded ? $0.value : $0.value.advanced(by: -1) } ?? Value.max
    guard let lower, let upper, lower <= upper else { return nil }
    return lower...upper
  }
}

extension Interval<Int64> {
  /// The ids of a range, which may be open at its end.
  init(ids: ClosedRange<Int64>) {
    lower = Bound(value: ids.lowerBound, isIncluded: true)
    upper = ids.upperBound == .max ? nil : Bound(value: ids.upperBound, isIncluded: true)
  }
}

extension Interval {
  /// The form in the query language: `5`, `1..9`, `>=5`, `<3`.
  package var text: String {
    switch (lower, upper) {
    case (nil, nil): return ".."
    case (let lower?, nil): return (lower.isIncluded ? ">=" : ">") + "\(lower.value)"
    case (nil, let upper?): return (upper.isIncluded ? "<=" : "<") + "\(upper.value)"
    case (let lower?, let upper?):
      return lower == upper ? "\(lower.value)" : "\(lower.value)..\(upper.value)"
    }
  }

  /// Parses the output of `text`, and `=5`, `5..`, `..9`; nil for other texts, or if a range ends before
  /// its start.
  package init?(_ text: some StringProtocol, number: (String) -> Value?) {
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
