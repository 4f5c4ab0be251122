import SeedbankModel

/// A failure in a reply with an HTTP status of success.
enum StatedFailure {
  /// An `error` or `errors` with content, `success: false`, a status word of failure, or an error code
  /// with a message.
  static func isStated(in root: JSONView) -> Bool {
    hasError(root) || root["success"].map(isFalse) ?? false
      || JobStatus.read(from: root)?.phase == .failed || hasFailureCode(root)
  }

  /// Whether there is an `error` or `errors` that is more than empty or false.
  static func hasError(_ root: JSONView) -> Bool {
    [root["error"], root["errors"]].compactMap(\.self).contains(where: isTelling)
  }

  /// Whether a value has content: `null`, `false`, `0`, `""`, `[]`, `{}` and objects of these have none.
  private static func isTelling(_ value: JSONView) -> Bool {
    if let text = value.string {
      return !["", "false", "none", "null", "0"].contains(text.lowercased())
    }
    if let flag = value.bool { return flag }
    if let number = value.number { return number != 0 }
    if let elements = value.elements { return elements.contains(where: isTelling) }
    return value.members.contains { member in
      value[member.key].map(isTelling) ?? false
    }
  }

  private static func isFalse(_ value: JSONView) -> Bool {
    value.bool == false || value.string?.lowercased() == "false"
  }

  /// Some services have only a code and a message, without `error`.
  ///
  /// A code means failure only if it is known or a number from 400, because a reply that accepts a
  /// job can have both too.
  private static func hasFailureCode(_ root: JSONView) -> Bool {
    let message = GatewayMessage(root)
    guard let code = message.code, message.text != nil else { return false }
    if let number = Int(code) { return number >= 400 }
    return ErrorMeaning.ofCode(code) != nil || code.lowercased().hasPrefix("invalid")
  }
}
