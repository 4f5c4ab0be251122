import SeedbankModel
import SeedbankStorage

/// The work that a sync would do, from the state of the library.
struct SyncForecast {
  /// The number of generations in each status.
  let standing: [Status: Int]
  /// The requests of unknown outcome that would be sent again.
  let unknown: RetryableWork
  /// The generations whose images would be downloaded again.
  let lost: RetryableWork

  /// - Parameter ids: the generations that were named; nil for all.
  /// - Throws: `LibraryError`.
  init(
    _ standing: [Status: Int], _ retry: RetryChoice, of ids: [GenerationID]?, in library: Library
  ) throws {
    self.standing = standing
    unknown = try retry.unknown ? library.retryable(.unknownOutcome, among: ids) : RetryableWork()
    lost = try retry.lost ? library.retryable(.missingImages, among: ids) : RetryableWork()
  }

  static func unfinished(_ standing: [Status: Int]) -> Int {
    standing.filter { $0.key.isUnfinished }.values.reduce(0, +)
  }

  var json: String {
    var writer = JSONWriter()
    writer.object { object in
      object.member("dry_run", true)
      for status in Status.allCases { object.member(status.rawValue, standing[status] ?? 0) }
      object.member("retry_unknown", unknown.own.count)
      object.member("retry_lost", lost.own.count)
    }
    writer.newline()
    return writer.text
  }

  var text: String {
    func line(_ count: Int, _ what: String) -> String {
      count > 0 ? "Would \(what): \(count)\n" : ""
    }
    let lines: [String] = [
      line(standing[.ready] ?? 0, "download images of generations"),
      line(lost.own.count, "download lost and missing images of generations again"),
      line(standing[.pending] ?? 0, "check running jobs"),
      line(standing[.submitting] ?? 0, "check requests that another process may be sending"),
      line((standing[.queued] ?? 0) + unknown.own.count, "send requests"),
      line(standing[.held] ?? 0, "skip generations that another library owns"),
      line(unknown.others.count, "skip requests of unknown outcome that another library owns"),
      line(lost.others.count, "skip lost and missing images that another library owns"),
    ]
    let text = lines.joined()
    return text.isEmpty ? "There is nothing to do.\n" : text
  }
}
