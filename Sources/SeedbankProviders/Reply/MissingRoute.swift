/// Recognizes replies that mean an unknown path, not an unknown model or job.
enum MissingRoute {
  /// Words and phrases for a path in messages of gateways and of web frameworks.
  ///
  /// Services whose paths name the model write "path /x not found" about a model.
  private static let words = [
    "endpoint", "route", "url", "resource not found", "path not found", "no such path",
    "page not found", "cannot post", "no matching operation",
  ]
  /// Words for what a missing path is not.
  private static let subjects = ["model", "job", "task", "generation", "image"]
  /// Whole messages of web frameworks for an unknown path.
  private static let whole = ["not found", "404 not found", "404", "notfound"]

  static func isTold(by message: GatewayMessage) -> Bool {
    guard ErrorMeaning.of(message) != .model else { return false }
    guard let text = message.text?.lowercased() else { return message == .none }
    let bare = text.filter { $0 != "." && $0 != "!" }
    if whole.contains(bare) { return true }
    guard words.contains(where: { text.contains($0) }) else { return false }
    // A path such as /v1/images/generations is not a subject.
    let plain = text.split(separator: " ").filter { !$0.contains("/") }
    return !subjects.contains { subject in plain.contains { $0.contains(subject) } }
  }
}
