public import SeedbankModel

/// What a run came to.
public struct SyncReport: Sendable, Equatable {
  /// How many of those that it had to do with stand where now.
  public internal(set) var counts: [Status: Int] = [:]
  /// Complete ones among them that lack images of their group.
  public internal(set) var partial = 0
  /// Generations that this run left to another process.
  public internal(set) var elsewhere = 0
  /// Reasons of what failed or was left, each once, in the order in which they were met.
  public internal(set) var reasons: [Reason] = []
  /// Why it ended early.
  public internal(set) var stop: StopReason?

  /// A reason, and for how many.
  public struct Reason: Sendable, Equatable {
    /// The status that the generations ended with.
    public let status: Status
    /// The recorded error code.
    public let code: String
    /// The recorded error message.
    public let message: String
    /// Number of generations with this outcome.
    public internal(set) var count: Int
    /// The first that it was met with.
    public let example: GenerationID
  }

  /// Reasons beyond this are only counted with their status.
  static let reasonLimit = 50

  /// Makes an empty report.
  public init() {}

  /// Whether there was nothing to do at all.
  public var isEmpty: Bool { counts.isEmpty && elsewhere == 0 && stop == nil }

  /// Number of generations in the report.
  public var total: Int { counts.values.reduce(0, +) }

  mutating func add(
    _ status: Status, of id: GenerationID, _ failure: RecordedFailure?, number: Int = 1
  ) {
    counts[status, default: 0] += number
    if status == .complete, failure != nil { partial += number }
    guard let failure else { return }
    let known = reasons.firstIndex {
      $0.status == status && $0.code == failure.code && $0.message == failure.message
    }
    if let known {
      reasons[known].count += number
    } else if reasons.count < Self.reasonLimit {
      reasons.append(
        Reason(
          status: status, code: failure.code, message: failure.message, count: number, example: id))
    }
  }
}
