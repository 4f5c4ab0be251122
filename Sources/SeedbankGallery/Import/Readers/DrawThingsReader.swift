/// Draw Things: JSON with short names in Exif's or XMP's UserComment.
enum DrawThingsReader {
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    for object in text.objects {
      guard let prompt = object.members["c"]?.string,
        ["seed", "model", "sampler", "scale"].contains(where: { object.members[$0] != nil })
      else { continue }
      var values = object.members
      values["c"] = nil
      var record = ForeignRecord(tool: "drawthings", raw: object.text)
      record.prompt = prompt
      record.setGuidanceScale(values.removeValue(forKey: "scale")?.decimal)
      record.take(values)
      return record
    }
    return nil
  }
}
