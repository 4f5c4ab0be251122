/// SwarmUI: JSON with `sui_image_params` in the place of A1111's text.
enum SwarmUIReader {
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    for object in text.objects {
      guard let values = object.members["sui_image_params"]?.members else { continue }
      var record = ForeignRecord(tool: "swarmui", raw: object.text)
      record.take(values)
      record.set("extra", object.members["sui_extra_data"])
      record.set("models", object.members["sui_models"])
      return record
    }
    return nil
  }
}
