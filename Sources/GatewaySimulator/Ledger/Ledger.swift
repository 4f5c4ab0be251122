/// What a simulated gateway has been asked, and what it has charged.
public struct Ledger: Codable, Equatable, Sendable {
  /// Every accepted submit, in order.
  public internal(set) var charges: [Charge] = []
  /// Calls that arrived, charged or not.
  public internal(set) var submits = 0
  /// Number of polls.
  public internal(set) var polls = 0
  /// Number of downloads.
  public internal(set) var downloads = 0
  /// Number of accepted connections.
  public internal(set) var connections = 0
  /// Submits that were not charged.
  public internal(set) var refused = 0
  /// Replies by endpoint and status, such as `submit 429`.
  public internal(set) var replies: [String: Int] = [:]
  /// Requests that carried the key where it must not go, such as `GET /images/…`.
  public internal(set) var keyLeaks: [String] = []
  /// Submits under way now, and the most that ever were.
  public internal(set) var submitsUnderWay = 0
  /// The largest number of submits at one time.
  public internal(set) var peakSubmits = 0
  /// Downloads under way now, and the most that ever were.
  public internal(set) var downloadsUnderWay = 0
  /// The largest number of downloads at one time.
  public internal(set) var peakDownloads = 0

  /// Makes an empty ledger.
  public init() {}

  /// How often each intent was charged.
  public var chargesByIntent: [String: Int] {
    charges.reduce(into: [:]) { $0[$1.intent, default: 0] += 1 }
  }

  /// Intents that were charged more than once, in the order of their first charge.
  public var paidTwice: [String] {
    let counts = chargesByIntent
    var seen: Set<String> = []
    return charges.map(\.intent).filter { counts[$0, default: 0] > 1 && seen.insert($0).inserted }
  }

  mutating func arrive(_ endpoint: Endpoint) -> Int {
    switch endpoint {
    case .submit:
      submits += 1
      submitsUnderWay += 1
      peakSubmits = max(peakSubmits, submitsUnderWay)
      return submits
    case .poll:
      polls += 1
      return polls
    case .download:
      downloads += 1
      downloadsUnderWay += 1
      peakDownloads = max(peakDownloads, downloadsUnderWay)
      return downloads
    case .connection:
      connections += 1
      return connections
    }
  }

  mutating func leave(_ endpoint: Endpoint) {
    switch endpoint {
    case .submit: submitsUnderWay -= 1
    case .download: downloadsUnderWay -= 1
    case .poll, .connection: break
    }
  }
}
