package import SeedbankModel

/// The values of `created:`.
package enum DatePattern: Hashable, Sendable {
  case within(DateExpression)
  /// From the start of one to the end of the other.
  case between(DateExpression?, DateExpression?)
  case before(DateExpression)
  case after(DateExpression)

  /// The covered time: from the first instant to the second, which is not included.
  package func range(_ local: LocalTime) -> (from: Timestamp?, to: Timestamp?) {
    switch self {
    case .within(let expression):
      let span = expression.span(local)
      return (span.start, expression.isAgo ? local.now.next : span.end)
    case .between(let first, let last): return (first?.span(local).start, last?.span(local).end)
    case .before(let expression): return (nil, expression.span(local).start)
    case .after(let expression): return (expression.span(local).end, nil)
    }
  }

  package var text: String {
    switch self {
    case .within(let expression): expression.text
    case .between(let first?, nil): ">=" + first.text
    case .between(nil, let last?): "<=" + last.text
    case .between(let first, let last): (first?.text ?? "") + ".." + (last?.text ?? "")
    case .before(let expression): "<" + expression.text
    case .after(let expression): ">" + expression.text
    }
  }

  init?(_ text: String) {
    func expression(_ prefix: String) -> DateExpression? {
      DateExpression(String(text.dropFirst(prefix.count)))
    }
    if text.hasPrefix(">=") || text.hasPrefix("<=") {
      guard let bound = expression(">=") else { return nil }
      self = text.hasPrefix(">") ? .between(bound, nil) : .between(nil, bound)
    } else if text.hasPrefix(">") {
      guard let bound = expression(">") else { return nil }
      self = .after(bound)
    } else if text.hasPrefix("<") {
      guard let bound = expression("<") else { return nil }
      self = .before(bound)
    } else if let dots = text.firstRange(of: "..") {
      let first = String(text[..<dots.lowerBound])
      let last = String(text[dots.upperBound...])
      let bounds = (DateExpression(first), DateExpression(last))
      guard first.isEmpty || bounds.0 != nil, last.isEmpty || bounds.1 != nil,
        bounds.0 != nil || bounds.1 != nil
      else { return nil }
      self = .between(bounds.0, bounds.1)
    } else {
      guard let bound = expression("") else { return nil }
      self = .within(bound)
    }
  }
}

extension Timestamp {
  /// A millisecond later.
  fileprivate var next: Timestamp { Timestamp(milliseconds: milliseconds + 1) }
}
