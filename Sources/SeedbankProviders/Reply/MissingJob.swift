/// Recognizes errors that mean an unknown job or path, in replies whose status does not say so.
enum MissingJob {
  /// Words for a job.
  private static let jobs = [
    "job", "jobs", "task", "request", "prediction", "generation", "result", "results", "id",
    "record", "records",
  ]
  /// Words for what a service does, which are not about an image.
  private static let works = ["image generation", "text to image", "generate image"]
  /// Names of the id of a job.
  private static let ids = [
    "job set id", "jobsetid", "job id", "jobid", "task id", "taskid", "request id", "requestid",
    "prediction id", "generation id",
  ]
  /// Words for what a job itself may not find, which is a verdict on it.
  private static let others = [
    "image", "images", "model", "file", "url", "link", "prompt", "reference", "lora", "checkpoint",
    "style", "parameter", "field", "failed", "content", "policy", "safety",
  ]
  private static let absences = [
    "not found", "not be found", "not exist", "t exist", "no longer exists", "not find", "t find",
    "unable to find", "no job", "no task", "no prediction", "no generation with",
    "no generation for", "no record",
  ]
  /// Words for a missing right to something.
  private static let denials = [
    "permission denied", "access denied", "not authorized", "not authorised", "not have access",
    "t have access", "no access", "not have permission", "t have permission",
    "belongs to another",
  ]
  /// Whole messages that can be about the key, the prompt or a reference image.
  private static let wholeDenials = [" forbidden ", " access denied ", " permission denied "]

  static func isReported(by message: GatewayMessage) -> Bool {
    if let code = message.code, namesJob(code) { return true }
    let isCode = message.code.map(isAbsence) ?? false
    guard let text = message.text?.lowercased() else { return isCode }
    // A code such as 404 can also be about a reference image.
    if isCode {
      let words = plain(text)
      return has(jobs, in: words) || !has(others, in: words)
    }
    if MissingRoute.isUnknownPath(text) { return true }
    return sentences(of: text).contains { isReported(in: $0) }
  }

  /// The sentences of a text, because services add the id of the request to other messages as one.
  private static func sentences(of text: String) -> [String] {
    text.split { ".;,!?()".contains($0) }.map { plain($0) }
  }

  /// Whether a message says that the caller may not see a job, which can be that of another account.
  static func isDenied(by message: GatewayMessage) -> Bool {
    guard let text = message.text?.lowercased() else { return false }
    if wholeDenials.contains(plain(text)) { return true }
    return sentences(of: text).contains { sentence in
      has(denials, in: sentence) && has(jobs + ids + ["resource"], in: sentence)
        && !has(others, in: sentence)
    }
  }

  /// Whether a code means that something does not exist.
  private static func isAbsence(_ code: String) -> Bool {
    ["404", "410", "notfound"].contains(ErrorMeaning.key(of: code))
  }

  /// Whether a code means that a job does not exist.
  private static func namesJob(_ code: String) -> Bool {
    let key = code.lowercased().filter(\.isLetter)
    return ["notfound", "notexist", "nosuch"].contains { key.contains($0) }
      && ["job", "task", "request", "prediction", "generation"].contains { key.contains($0) }
  }

  private static func isReported(in sentence: String) -> Bool {
    if has(["no image found for", "no images found for"], in: sentence), has(ids, in: sentence) {
      return true
    }
    guard !has(others, in: sentence) else { return false }
    if has(ids, in: sentence), has(["invalid"], in: sentence) { return true }
    let names = jobs + ids
    if has(names, in: sentence), has(absences, in: sentence) { return true }
    // Before another word, "no" and "unknown" can be about something else.
    return has(names.flatMap { ["unknown \($0)", "no such \($0)"] }, in: sentence)
      || has(names.map { "no \($0)" }, in: sentence) && has(["found"], in: sentence)
  }

  /// The words of a text, each between two spaces, with one word for what a service does.
  private static func plain(_ text: some StringProtocol) -> String {
    let words = " \(text.split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")) "
    return works.reduce(words) { $0.replacing(" \($1) ", with: " generation ") }
  }

  private static func has(_ phrases: [String], in text: String) -> Bool {
    phrases.contains { text.contains(" \($0) ") }
  }
}
