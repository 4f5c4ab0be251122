/// What an edit gives one field of many generations.
enum FieldAssignment: Hashable {
  /// The value as JSON, or nil for none.
  case same(String?)
  /// A value for those that have none.
  case ifAbsent(String)
  /// Ascending numbers for those that have none, in their order; the first one is given.
  case numbered(from: Int64)

  /// Whether it removes the value.
  var isNone: Bool { self == .same(nil) }

  /// The value of one generation as JSON; nil for none.
  ///
  /// - Parameter position: of the generation among those that are changed; counts from 0.
  func value(at position: Int) -> String? {
    switch self {
    case .same(let value): value
    case .ifAbsent(let value): value
    case .numbered(let first): String(first + Int64(position))
    }
  }

  /// Whether it changes a field that has the value `before`.
  func changes(_ before: String?) -> Bool {
    if case .same(let value) = self { before != value } else { before == nil }
  }

  /// The value as a number; the first one of several.
  var number: ColumnValue {
    switch self {
    case .same(let value): ColumnValue(value.flatMap { Int64($0) })
    case .ifAbsent(let value): ColumnValue(Int64(value))
    case .numbered(let first): .integer(first)
    }
  }
}
