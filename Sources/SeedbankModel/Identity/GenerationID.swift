/// The number of a generation in one library, in the order in which generations were added.
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

  /// Orders ids by their numbers.
  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
