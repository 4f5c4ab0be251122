/// Recognizes replies that mean an unknown path, not an unknown model or job.
enum MissingRoute {
  /// Words and phrases for a path in messages of gateways and of web frameworks.
  ///
  /// Services whose paths name the model write "path /x not found" about a model.
  private static let words = [
    "endpoint", "route", "url", "resource not found", "resource was not found", "path not found",
    "path was not found", "path does not exist", "no such path", "invalid path", "unknown path",
    "page not found", "cannot post", "cannot get /", "no matching operation",
  ]
  /// Words for what a missing path is not.
  private static let subjects = ["model", "job", "task", "generation", "image"]
  /// Whole messages of web frameworks for an unknown path.
  private static let whole = ["not found", "404 not found", "404", "notfound"]

  static func isReported(by message: GatewayMessage) -> Bool {
    guard ErrorMeaning.of(message) != .model else { return false }
    guard let text = message.text?.lowercased() else { return message == .none }
    return isAboutPath(text)
  }

  /// Whether a message in lower case says by itself that a path is unknown, without the status 404.
  ///
  /// A URL can then also be that of a reference image.
  static func isUnknownPath(_ text: String) -> Bool {
    isAboutPath(text) && absences.contains { text.contains($0) }
      && (!text.contains("url") || text.contains("requested url"))
  }

  /// Words and phrases for something that does not exist.
  private static let absences = [
    "not found", "notfound", "not be found", "not exist", "n't exist", "no such", "unknown", "404",
    "invalid path", "cannot post", "cannot get /", "no route", "no matching",
  ]

  /// Words of messages about a path and nothing else.
  private static let own: Set<String> = [
    "a", "api", "be", "cannot", "could", "does", "doesn't", "endpoint", "error", "exist", "found",
    "get", "http", "is", "matched", "no", "not", "on", "path", "post", "request", "requested",
    "route", "server", "such", "that", "the", "this", "those", "unknown", "url", "values", "was",
    "with", "404",
  ]

  /// Whether a message is about a path and nothing else, in a reply whose status does not say so.
  ///
  /// Other words can name a model, or the path of a file.
  static func isAllOf(_ message: GatewayMessage) -> Bool {
    guard let text = message.text?.lowercased(), isUnknownPath(text) else { return false }
    let words = text.split { $0.isWhitespace || ".,:;!()".contains($0) }
      .filter { !$0.contains("/") }.map { String($0) }
    // With the code, these messages are those of a web server for this status.
    if message.code == "404", [["not", "found"], ["resource", "not", "found"]].contains(words) {
      return true
    }
    let isNamed = ["endpoint", "route", "path", "cannot post /"].contains { text.contains($0) }
    return isNamed && words.allSatisfy { own.contains($0) }
  }

  private static func isAboutPath(_ text: String) -> Bool {
    let bare = text.filter { $0 != "." && $0 != "!" }
    if whole.contains(bare) { return true }
    guard words.contains(where: { text.contains($0) }) else { return false }
    // A path such as /v1/images/generations is not a subject.
    let plain = text.split(separator: " ").filter { !$0.contains("/") }
    return !subjects.contains { subject in plain.contains { $0.contains(subject) } }
  }
}
