/// Recognizes replies that mean an unknown path, not an unknown model or job.
enum MissingRoute {
  /// Phrases of the gateway's front, of other gateways and of web frameworks.
  private static let phrases = [
    "resource not found", "endpoint not found", "no such endpoint", "unknown endpoint",
    "invalid endpoint path", "route not found", "no route", "no such route", "unknown route",
    "path not found", "no such path", "page not found", "url not found", "unknown url",
    "invalid url", "cannot post", "no matching operation",
  ]
  /// Whole messages of web frameworks for an unknown path.
  private static let whole = ["not found", "404 not found", "404", "notfound"]

  static func isTold(by message: GatewayMessage) -> Bool {
    guard ErrorMeaning.of(message) != .model else { return false }
    guard let text = message.text?.lowercased() else { return message == .none }
    let bare = text.filter { $0 != "." && $0 != "!" }
    return whole.contains(bare) || phrases.contains { text.contains($0) }
  }
}
