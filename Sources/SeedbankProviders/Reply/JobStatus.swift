import SeedbankModel

/// The status word of a job.
public struct JobStatus: Hashable, Sendable, CustomStringConvertible {
  /// The word of the gateway, cleaned for output.
  public let word: String
  /// What the status word means.
  public let phase: Phase

  /// The phases of a job.
  public enum Phase: Sendable {
    case inFlight
    case done
    case failed
    /// An unknown word. The job counts as running, and the timeline gets an entry.
    case unrecognized
  }

  /// Words without case, underscores, hyphens and spaces.
  ///
  /// Only `succeeded` is on the gateway's page. The others are from public clients of this and
  /// similar services.
  private static let words: [Phase: Set<String>] = [
    .inFlight: [
      "pending", "queued", "inqueue", "queueing", "starting", "started", "processing", "running",
      "inprogress", "submitted", "waiting", "scheduled", "generating", "rendering", "working",
      "executing", "initializing", "preparing", "queuing", "inprocess", "ongoing", "active",
      "created", "creating", "accepted", "received", "dispatched", "loading", "booting", "retrying",
      "upscaling", "uploading", "finalizing", "postprocessing", "validating",
    ],
    .done: [
      "succeeded", "success", "successful", "succeed", "completed", "complete", "done", "finished",
      "ok", "ready",
    ],
    .failed: [
      "failed", "failure", "fail", "error", "canceled", "cancelled", "aborted", "nsfw", "expired",
      "timeout", "rejected", "moderated",
    ],
  ]

  /// Reads a word in any case and spelling.
  public init(_ text: String) {
    word = PrintableText.clean(text, limit: 60) ?? ""
    var key = text.prefix(60).lowercased().filter { !"_- ".contains($0) }
    for prefix in ["taskstatus", "jobstatus", "status"] where key.hasPrefix(prefix) {
      key.removeFirst(prefix.count)
    }
    phase = Self.words.first { $0.value.contains(key) }?.key ?? .unrecognized
  }

  /// The status word as the gateway wrote it.
  public var description: String { word }

  /// Whether it is a word that services also use for a call that failed.
  var mayBeOfTheCall: Bool { ["error", "fail", "failure"].contains(word.lowercased()) }

  /// Whether moderation rejected the prompt or the image.
  var isModeration: Bool { ["nsfw", "moderated"].contains(word.lowercased()) }

  /// The status in a reply, at its top or in the object with its result.
  ///
  /// A word that means "running" is preferred, because `success` at the top is often about the
  /// request only.
  static func read(from root: JSONView) -> JobStatus? {
    let words = ([root] + ResultEnvelope.contents(of: root)).flatMap { view in
      ["status", "state", "task_status"].compactMap { view[$0]?.string }
    }
    let statuses = words.filter { Int($0) == nil && !$0.isEmpty }.map { JobStatus($0) }
    for phase in [Phase.inFlight, .failed, .unrecognized] {
      if let status = statuses.first(where: { $0.phase == phase }) { return status }
    }
    return statuses.first
  }
}
