/// A failure told inside a reply whose HTTP status is one of success.
enum StatedFailure {
  /// `error` with something in it, `success: false`, or a status word of failure.
  static func isStated(in root: JSONView) -> Bool {
    hasError(root) || root["success"]?.bool == false
      || root["status"]?.string.map { JobStatus($0).phase == .failed } ?? false
  }

  /// Whether there is an `error` that is more than empty or false.
  static func hasError(_ root: JSONView) -> Bool {
    guard let error = root["error"] else { return false }
    if let text = error.string { return !text.isEmpty }
    if let flag = error.bool { return flag }
    return !error.members.isEmpty
  }
}
