/// Seeds of requests.
///
/// Seedbank always chooses and sends one, because replies do not contain the seed.
public enum Seed {
  /// The range of the gateway, from its page.
  ///
  /// Its value −1, "choose a seed", is never sent.
  public static let range: ClosedRange<Int> = 0...2_147_483_647

  /// A random seed from the whole range.
  public static func draw(using generator: inout some RandomNumberGenerator) -> Int {
    Int.random(in: range, using: &generator)
  }
}
