import SeedbankModel

extension TagName {
  /// - Throws: a `Failure` with the rules for the name of a tag.
  init(typed text: String) throws {
    guard let name = TagName(text) else {
      throw Failure(
        .usage, "'\(text)' is not a valid tag",
        hint: "use names separated by /, without ; and control characters, "
          + "\(TagName.longest) bytes at most")
    }
    self = name
  }
}
