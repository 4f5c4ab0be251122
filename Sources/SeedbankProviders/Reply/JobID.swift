/// The gateway's own id of work under way.
enum JobID {
  /// Spellings in the order in which they are believed.
  private static let keys = ["job_set_id", "request_id", "requestId", "id", "task_id"]
  private static let limit = 512

  /// The first that is a text or a whole number, at the top or else in the object that holds the
  /// result. A text with control characters in it is not an id.
  static func read(_ root: JSONView) -> String? { place(root).flatMap(text) }

  /// Where it stands.
  static func place(_ root: JSONView) -> JSONView? {
    for view in [root] + ResultEnvelope.contents(of: root) {
      for key in keys {
        if let value = view[key], text(value) != nil { return value }
      }
    }
    return nil
  }

  private static func text(_ view: JSONView) -> String? {
    guard let id = view.string ?? view.integer.map({ String($0) }) else { return nil }
    let isPlain = id.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value < 0x7F }
    return isPlain && !id.isEmpty && id.utf8.count <= limit ? id : nil
  }
}
