import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// The secret that a client must send.
///
/// It is created at each start.
public struct AccessToken: Sendable {
  /// 64 lower-case hexadecimal digits.
  public let text: String

  /// Makes a random token of 256 bits.
  public init(using random: inout some RandomNumberGenerator) {
    text = (0..<4).map { _ in
      let word = String(random.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - word.count) + word
    }.joined()
  }

  /// Whether `candidate` is the token.
  ///
  /// The time is the same for all wrong ones of its length.
  func matches(_ candidate: some StringProtocol) -> Bool {
    let candidate = Array(candidate.utf8)
    let expected = Array(text.utf8)
    guard candidate.count == expected.count else { return false }
    var difference: UInt8 = 0
    for (one, other) in zip(candidate, expected) { difference |= one ^ other }
    return difference == 0
  }
}
