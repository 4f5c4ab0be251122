import SeedbankModel

/// The work that a sync would do, from the state of the library.
enum SyncForecast {
  static func unfinished(_ standing: [Status: Int]) -> Int {
    standing.filter { $0.key.isUnfinished }.values.reduce(0, +)
  }

  static func json(_ standing: [Status: Int]) -> String {
    var writer = JSONWriter()
    writer.object { object in
      object.member("dry_run", true)
      for status in Status.allCases { object.member(status.rawValue, standing[status] ?? 0) }
    }
    writer.newline()
    return writer.text
  }

  /// - Parameter others: how many of the requests of unknown outcome another library owns.
  static func text(
    _ standing: [Status: Int], _ retry: RetryChoice, unknownOfOthers others: Int
  ) -> String {
    func line(_ count: Int, _ what: String) -> String {
      count > 0 ? "Would \(what): \(count)\n" : ""
    }
    let unknown = max(0, (standing[.unknown] ?? 0) - others)
    let text =
      line(standing[.ready] ?? 0, "download images of generations")
      + line(retry.lost ? standing[.lost] ?? 0 : 0, "download images of lost generations again")
      + line(standing[.pending] ?? 0, "check running jobs")
      + line(standing[.submitting] ?? 0, "check requests that another process may be sending")
      + line((standing[.queued] ?? 0) + (retry.unknown ? unknown : 0), "send requests")
      + line(standing[.held] ?? 0, "skip generations that another library owns")
      + line(
        retry.unknown ? others : 0, "skip requests of unknown outcome that another library owns")
    return text.isEmpty ? "There is nothing to do.\n" : text
  }
}
