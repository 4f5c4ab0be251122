import SeedbankModel

/// Reads the gateway's id of a running job.
enum JobID {
  /// Names of the id, in the order of preference.
  private static let keys = ["job_set_id", "request_id", "requestId", "id", "task_id"]
  private static let limit = 512

  /// The first one that is a text or a whole number, at the top or in the object with the result.
  ///
  /// A text with control characters is not an id.
  static func read(_ root: JSONView) -> String? { place(root).flatMap(text) }

  /// The value of the id.
  static func place(_ root: JSONView) -> JSONView? {
    for view in [root] + ResultEnvelope.contents(of: root) {
      for key in keys {
        if let value = view[key], text(value) != nil { return value }
      }
    }
    return nil
  }

  private static func text(_ view: JSONView) -> String? {
    guard let id = view.string ?? view.integer.map({ String($0) }) ?? digits(view) else {
      return nil
    }
    let isPlain = id.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value < 0x7F }
    return isPlain && !id.isEmpty && id.utf8.count <= limit ? id : nil
  }

  /// A whole number of any size as it is written; nil for anything else.
  private static func digits(_ view: JSONView) -> String? {
    guard view.number != nil else { return nil }
    let source = view.source
    return source.utf8.allSatisfy { (0x30...0x39).contains($0) } ? source : nil
  }
}
