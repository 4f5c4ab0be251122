import SeedbankModel

extension TagName {
  /// What the user can do after a name that is not valid.
  static let rule =
    "use names separated by single slashes, without ; and control characters, "
    + "\(longest) bytes at most"

  /// - Throws: a `Failure` with the rules for the name of a tag.
  init(typed text: String) throws {
    guard let name = TagName(text) else {
      throw Failure(
        .usage, "'\(text)' is not a valid tag", hint: Self.rule)
    }
    self = name
  }
}
