public import SeedbankModel

/// The result of a run.
public struct SyncReport: Sendable, Equatable {
  /// The number of its generations in each status.
  public internal(set) var counts: [Status: Int] = [:]
  /// The number of complete ones with missing images of their group.
  public internal(set) var partial = 0
  /// Generations that this run left to another process.
  public internal(set) var elsewhere = 0
  /// The reasons for failed or left generations, each once, in the order of their first occurrence.
  public internal(set) var reasons: [Reason] = []
  /// Why it ended early.
  public internal(set) var stop: StopReason?
  /// The provider of that reason; nil if it concerns all work.
  public internal(set) var stopProvider: String?

  /// A reason, and the number of generations.
  public struct Reason: Sendable, Equatable {
    /// The status that the generations ended with.
    public let status: Status
    /// The recorded error code.
    public let code: String
    /// The recorded error message.
    public let message: String
    /// Number of generations with this outcome.
    public internal(set) var count: Int
    /// The first generation with this reason.
    public let example: GenerationID
  }

  /// Further reasons are only counted by status.
  static let reasonLimit = 50

  /// Makes an empty report.
  public init() {}

  /// Whether there was no work.
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
