/// Seeds: drawn here and always sent, since no reply ever says which one the service drew.
public enum Seed {
  /// What the gateway takes (its page); its −1, "draw one yourself", is never sent.
  public static let range: ClosedRange<Int> = 0...2_147_483_647

  /// A seed out of the whole range.
  public static func draw(using generator: inout some RandomNumberGenerator) -> Int {
    Int.random(in: range, using: &generator)
  }
}
