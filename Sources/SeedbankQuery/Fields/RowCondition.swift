/// A field of the query language with a condition on one row, and its value.
///
/// Each type contains all language rules of its field. Its conformance to `RowConditionSQL` in
/// SeedbankStorage contains the SQL.
package protocol RowCondition: Hashable, Sendable {
  /// The field's name before the colon.
  static var name: String { get }
  /// The accepted values, as the end of a sentence.
  static var takes: String { get }
  static var completion: FieldCompletion { get }

  /// Parses the text after the colon; nil if it is not a valid value.
  init?(_ value: String, isQuoted: Bool)
  /// The value in the form in which users type it.
  var text: String { get }
  func matches(_ record: SearchableRecord) -> Bool
}

/// A row condition of any field.
package struct AnyRowCondition: Hashable, Sendable {
  package let condition: any RowCondition

  package init(condition: any RowCondition) { self.condition = condition }

  package static func == (left: Self, right: Self) -> Bool {
    AnyHashable(left.condition) == AnyHashable(right.condition)
  }

  package func hash(into hasher: inout Hasher) { AnyHashable(condition).hash(into: &hasher) }
}
