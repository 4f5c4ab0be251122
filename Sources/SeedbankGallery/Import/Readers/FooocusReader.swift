/// Fooocus and its forks: JSON in the place of A1111's text (its own scheme, or the labels of its log),
/// A1111's text (its second scheme), or one of these in a comment, as in early versions and the forks MRE
/// and RuinedFooocus.
enum FooocusReader {
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    if let record = likeA1111(text) { return record }
    for object in text.objects
    where text.chunks["fooocus_scheme"] != nil || isOwn(object.members) {
      var record = ForeignRecord(tool: "fooocus", raw: object.text)
      record.take(object.members)
      return record
    }
    return nil
  }

  private static func likeA1111(_ text: ImageTexts) -> ForeignRecord? {
    // The text is read once more as A1111's, so a file that does not name this tool is not read here. JSON may escape
    // the letters of the name.
    guard text.chunks["fooocus_scheme"] != nil || text.mentions("Fooocus") || text.mentions("\\u"),
      var record = A1111Reader.read(text),
      text.chunks["fooocus_scheme"] != nil
        || record.settings["version"]?.string?.hasPrefix("Fooocus") == true
    else { return nil }
    record.tool = "fooocus"
    return record
  }

  private static func isOwn(_ values: [String: JSONValue]) -> Bool {
    if values["software"]?.string?.contains("Fooocus") == true
      || values["metadata_scheme"]?.string == "fooocus"
    {
      return true
    }
    let version = values["version"] ?? values["Version"]
    if version?.string?.contains("Fooocus") == true { return true }
    guard values["mflux_version"] == nil else { return false }
    return (values["base_model"] != nil && values["prompt"] != nil)
      || (values["Base Model"] != nil && values["Prompt"] != nil)
  }
}
