/// The requests and charges of a simulated gateway.
package struct Ledger: Codable, Equatable, Sendable {
  /// Every accepted submit, in order.
  package internal(set) var charges: [Charge] = []
  /// Calls that arrived, charged or not.
  package internal(set) var submits = 0
  /// Number of polls.
  package internal(set) var polls = 0
  /// Number of uploads of reference images.
  package internal(set) var uploads = 0
  /// Number of downloads.
  package internal(set) var downloads = 0
  /// Number of accepted connections.
  package internal(set) var connections = 0
  /// Submits that were not charged.
  package internal(set) var refused = 0
  /// Replies by endpoint and status, such as `submit 429`.
  package internal(set) var replies: [String: Int] = [:]
  /// Requests that sent the key to a wrong address, such as `GET /images/…`.
  package internal(set) var keyLeaks: [String] = []
  /// The running submits, and their highest number.
  package internal(set) var submitsUnderWay = 0
  /// The largest number of submits at one time.
  package internal(set) var peakSubmits = 0
  /// The running downloads, and their highest number.
  package internal(set) var downloadsUnderWay = 0
  /// The largest number of downloads at one time.
  package internal(set) var peakDownloads = 0

  /// Makes an empty ledger.
  package init() {}

  /// The number of charges for each intent.
  package var chargesByIntent: [String: Int] {
    charges.reduce(into: [:]) { $0[$1.intent, default: 0] += 1 }
  }

  /// Intents that were charged more than once, in the order of their first charge.
  package var paidTwice: [String] {
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
    case .upload:
      uploads += 1
      return uploads
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
    case .poll, .upload, .connection: break
    }
  }
}
