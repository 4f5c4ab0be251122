/// The small number that people type for a generation, in the order of arrival in one library.
public struct GenerationID: RawRepresentable, Hashable, Comparable, Sendable, Codable,
  CustomStringConvertible
{
  /// The number of the row, from 1.
  public let rawValue: Int64

  /// Makes an id from its number.
  public init(rawValue: Int64) { self.rawValue = rawValue }
  /// Makes an id from its number.
  public init(_ value: Int64) { rawValue = value }

  /// The number in decimal digits.
  public var description: String { String(rawValue) }

  /// Orders ids by arrival.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
