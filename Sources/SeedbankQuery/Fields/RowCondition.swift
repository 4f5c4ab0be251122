/// A field of the query language that asks one thing of a row, and the value that it must have.
///
/// A type of this kind holds all that the language knows of its field. What it asks of the catalog is the
/// conformance to `RowConditionSQL` in SeedbankStorage.
package protocol RowCondition: Hashable, Sendable {
  /// The field's name before the colon.
  static var name: String { get }
  /// What the field takes, as the end of a sentence.
  static var takes: String { get }
  static var completion: FieldCompletion { get }

  /// Reads what was typed after the colon; nil if the field cannot have that value.
  init?(_ value: String, isQuoted: Bool)
  /// The value as it is typed.
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
