import SeedbankModel

extension TagName {
  /// - Throws: a `Failure` that says what a tag's name may be.
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
