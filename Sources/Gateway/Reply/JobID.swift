/// The gateway's own id of work under way.
enum JobID {
  /// Spellings in the order in which they are believed.
  private static let keys = ["job_set_id", "request_id", "requestId", "id", "task_id"]
  private static let limit = 512

  /// The first that is a text or a whole number. A text with control characters in it is no id.
  static func read(_ root: JSONView) -> String? {
    for key in keys {
      guard let view = root[key] else { continue }
      guard let id = view.string ?? view.integer.map({ String($0) }) else { continue }
      let isPlain = id.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value < 0x7F }
      if isPlain, !id.isEmpty, id.utf8.count <= limit { return id }
    }
    return nil
  }
}
