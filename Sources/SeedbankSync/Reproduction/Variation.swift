public import SeedbankProviders

/// A field with several values: an axis of a grid.
public struct Variation: Sendable, Equatable {
  /// The field that varies.
  public let field: RequestField
  /// One change for each value, in the given order.
  public let changes: [RequestChange]

  /// The maximum number of values of an axis.
  public static let longest = 100

  init(field: RequestField, changes: [RequestChange]) {
    self.field = field
    self.changes = changes
  }

  /// Reads `FIELD=A,B,C`, or `FIELD=1..5` for a field of whole numbers.
  ///
  /// `\,` is a comma within a value.
  ///
  /// - Throws: `VariationError`.
  public init(_ text: String) throws(VariationError) {
    guard let equals = text.firstIndex(of: "=") else { throw .noValues(text) }
    let name = String(text[..<equals])
    let list = text[text.index(after: equals)...]
    let values = try Self.range(list) ?? Self.values(list)
    guard !values.isEmpty else { throw .noValues(text) }
    guard values.count <= Self.longest else { throw .tooMany(limit: Self.longest) }
    var changes: [RequestChange] = []
    for value in values {
      do throws(RequestError) {
        changes.append(try RequestChange(field: name, value: value))
      } catch {
        throw .badRequest(error)
      }
    }
    self.changes = changes
    field = changes[0].field
  }

  private static func range(_ text: Substring) throws(VariationError) -> [String]? {
    let ends = text.split(separator: ".", omittingEmptySubsequences: false)
    guard ends.count == 3, ends[1].isEmpty, let first = Int(ends[0]), let last = Int(ends[2])
    else { return nil }
    guard first <= last else { throw .noValues(String(text)) }
    let (length, overflow) = last.subtractingReportingOverflow(first)
    guard !overflow, length < longest else { throw .tooMany(limit: longest) }
    return (first...last).map(String.init)
  }

  private static func values(_ list: Substring) -> [String] {
    var values = [""]
    var isEscaped = false
    for character in list {
      if isEscaped, character != "," { values[values.count - 1].append("\\") }
      if character == ",", !isEscaped {
        values.append("")
      } else if character != "\\" || isEscaped {
        values[values.count - 1].append(character)
      }
      isEscaped = character == "\\" && !isEscaped
    }
    if isEscaped { values[values.count - 1].append("\\") }
    return values.map { String($0.drop(while: \.isWhitespace)) }.filter { !$0.isEmpty }
  }

  /// Every combination, the first axis changing slowest.
  public static func grid(_ axes: [Variation]) -> [[RequestChange]] {
    axes.reduce([[]]) { rows, axis in
      rows.flatMap { row in axis.changes.map { row + [$0] } }
    }
  }
}

/// Why a text is not an axis of a grid.
public enum VariationError: Error, Equatable, Sendable {
  case noValues(String)
  case tooMany(limit: Int)
  case badRequest(RequestError)
}
