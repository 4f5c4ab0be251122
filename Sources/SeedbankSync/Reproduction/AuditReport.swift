import SeedbankImaging
public import SeedbankModel

/// The result of an audit: the number of each verdict, for each model and month.
public struct AuditReport: Sendable, Equatable {
  /// The outcomes of one group of reproductions.
  public struct Row: Sendable, Equatable {
    /// The model and month that the outcomes share.
    public let group: AuditSample.Group
    /// By verdict (`identical-file` …), or by status if there is no image to compare.
    public internal(set) var outcomes: [String: Int]

    /// The outcomes, counted by verdict.
    public var tally: Tally { Tally(outcomes) }
  }

  /// The seven kinds of verdict in three classes.
  public struct Tally: Sendable, Equatable {
    /// The same file, the same pixels, or no visible difference.
    public private(set) var identical = 0
    /// Slightly different everywhere, or in one place.
    public private(set) var near = 0
    /// Only a similar composition, or different.
    public private(set) var different = 0
    /// It failed, is not finished, or an image cannot be read.
    public private(set) var withoutVerdict = 0

    init(_ outcomes: [String: Int]) {
      for (outcome, count) in outcomes {
        switch Verdict.Kind(rawValue: outcome) {
        case .identicalFile, .identicalPixels, .visuallyIdentical: identical += count
        case .nearIdentical, .locallyDifferent: near += count
        case .similarComposition, .different: different += count
        case nil: withoutVerdict += count
        }
      }
    }
  }

  /// The rows in the order of their groups.
  public private(set) var rows: [Row] = []

  /// - Parameters:
  ///   - pairs: originals with their reproductions in their current state.
  ///   - local: the time zone of the months.
  public init(
    _ pairs: [(original: Generation, reproduction: Generation)], at local: LocalTime
  ) {
    var found: [AuditSample.Group: [String: Int]] = [:]
    for pair in pairs {
      let outcome = pair.reproduction.verdict?.kind ?? pair.reproduction.status.rawValue
      found[AuditSample.Group(pair.original, at: local), default: [:]][outcome, default: 0] += 1
    }
    rows = found.sorted { $0.key < $1.key }.map { Row(group: $0.key, outcomes: $0.value) }
  }

  /// All models and months together.
  public var total: Tally {
    Tally(rows.reduce(into: [:]) { $0.merge($1.outcomes, uniquingKeysWith: +) })
  }
}
