/// Replies that say that nothing answers at a path, rather than that a model or a job is unknown.
enum MissingRoute {
  /// As the gateway's front, other gateways and web frameworks put it.
  private static let phrases = [
    "resource not found", "endpoint not found", "no such endpoint", "unknown endpoint",
    "invalid endpoint path", "route not found", "no route", "no such route", "unknown route",
    "path not found", "no such path", "page not found", "url not found", "unknown url",
    "invalid url", "cannot post", "no matching operation",
  ]
  /// Frameworks say no more than this, and say it of paths.
  private static let whole = ["not found", "404 not found", "404", "notfound"]

  static func isTold(by message: GatewayMessage) -> Bool {
    guard ErrorMeaning.of(message) != .model else { return false }
    guard let text = message.text?.lowercased() else { return message == .none }
    let bare = text.filter { $0 != "." && $0 != "!" }
    return whole.contains(bare) || phrases.contains { text.contains($0) }
  }
}
