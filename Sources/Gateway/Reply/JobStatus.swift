/// The word in which a job's status is told.
public struct JobStatus: Hashable, Sendable, CustomStringConvertible {
  /// As the gateway writes it, made fit to be shown.
  public let word: String
  public let phase: Phase

  public enum Phase: Sendable {
    case inFlight
    case done
    case failed
    /// In no list: taken as still in flight, and worth a word in the timeline.
    case unrecognised
  }

  /// Words without case, underscores, hyphens and spaces. Only `succeeded` is on the gateway's page;
  /// the others are met in public clients of this and kindred services.
  private static let words: [Phase: Set<String>] = [
    .inFlight: ["pending", "queued", "starting", "processing", "running", "inprogress"],
    .done: ["succeeded", "success", "completed"],
    .failed: [
      "failed", "failure", "error", "canceled", "cancelled", "aborted", "nsfw", "expired",
      "timeout",
    ],
  ]

  /// Reads a word in any case and spelling.
  public init(_ text: String) {
    word = ForeignText.clean(text, limit: 60) ?? ""
    let key = text.prefix(60).lowercased().filter { !"_- ".contains($0) }
    phase = Self.words.first { $0.value.contains(key) }?.key ?? .unrecognised
  }

  public var description: String { word }

  /// The held-back kind of failure.
  var isModeration: Bool { word.lowercased() == "nsfw" }
}
