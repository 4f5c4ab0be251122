import Synchronization

/// A secret that opens the page once, for the browser that the server's program starts.
///
/// A browser gets an address as an argument, and all users of a computer can read the arguments of its programs.
/// So that address has a ticket in place of the token. The ticket is accepted once, for a short time, and only from
/// a program of the user who runs the server.
public final class EntryTicket: Sendable {
  private let secret: AccessToken
  /// The time until which it is accepted; nil before it is issued and after it was used.
  private let end = Mutex<ContinuousClock.Instant?>(nil)

  /// Makes a random ticket of 256 bits, which is not accepted yet.
  public init(using random: inout some RandomNumberGenerator) {
    secret = AccessToken(using: &random)
  }

  /// Starts the time for which the ticket is accepted, and returns its text.
  public func issue(for time: Duration = .seconds(60)) -> String {
    end.withLock { $0 = ContinuousClock.now + time }
    return secret.text
  }

  /// Returns whether the candidate is the ticket and may be used, and uses it.
  ///
  /// - Parameter isOwnUser: whether the client is a program of the user who runs the server.
  func redeem(_ candidate: some StringProtocol, isOwnUser: () -> Bool) -> Bool {
    // Another user who has read the ticket cannot use it up either.
    guard secret.matches(candidate), isOwnUser() else { return false }
    return end.withLock { end in
      defer { end = nil }
      return end.map { ContinuousClock.now < $0 } ?? false
    }
  }
}
