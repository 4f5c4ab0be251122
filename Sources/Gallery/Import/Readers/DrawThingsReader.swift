/// Draw Things: JSON with short names in the XMP packet's `exif:UserComment`.
enum DrawThingsReader {
  static func read(_ text: ImageTexts) -> ForeignRecord? {
    guard let raw = text.userComment ?? text.xmp.flatMap(comment), raw.contains("\"c\""),
      let values = JSONValue(parsing: raw)?.members, let prompt = values["c"]?.string
    else { return nil }
    var record = ForeignRecord(tool: "drawthings", raw: raw)
    record.prompt = prompt
    for (name, value) in values {
      switch name {
      case "uc": record.set("negative_prompt", value)
      case "seed": record.setSeed(value)
      case "scale": record.setGuidanceScale(value.decimal)
      case "model": record.model = value.string
      case "c": break
      default: record.set(name, value)
      }
    }
    return record
  }

  /// The text of `exif:UserComment` in an XMP packet, its tags left out and its entities resolved.
  private static func comment(_ packet: String) -> String? {
    guard let open = packet.firstRange(of: "<exif:UserComment"),
      let close = packet[open.upperBound...].firstRange(of: "</exif:UserComment>")
    else { return nil }
    var text = ""
    var insideTag = true
    for character in packet[open.upperBound..<close.lowerBound] {
      switch character {
      case "<": insideTag = true
      case ">" where insideTag: insideTag = false
      default: if !insideTag { text.append(character) }
      }
    }
    for (entity, character) in [
      ("&quot;", "\""), ("&apos;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&#xA;", "\n"),
      ("&amp;", "&"),
    ] {
      text = text.replacing(entity, with: character)
    }
    return text.trimmingWhitespace
  }
}
