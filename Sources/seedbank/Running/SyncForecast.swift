import Storage

/// What a sync would do, from how the library stands.
enum SyncForecast {
  static func unfinished(_ standing: [Status: Int]) -> Int {
    standing.filter { $0.key.isUnfinished }.values.reduce(0, +)
  }

  static func text(_ standing: [Status: Int], retryUnknown: Bool) -> String {
    func line(_ count: Int, _ what: String) -> String {
      count > 0 ? "Would \(what): \(count)\n" : ""
    }
    let unknown = standing[.unknown] ?? 0
    let text =
      line(standing[.ready] ?? 0, "fetch what is offered")
      + line(standing[.pending] ?? 0, "ask after jobs")
      + line(standing[.submitting] ?? 0, "look at what is being sent, perhaps by another process")
      + line((standing[.queued] ?? 0) + (retryUnknown ? unknown : 0), "send")
    return text.isEmpty ? "There is nothing to do.\n" : text
  }
}
