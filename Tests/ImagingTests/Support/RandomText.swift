@testable import SeedbankImaging

/// Texts such as people use in prompts: Latin, CJK, right-to-left, emoji with joiners, markup, and
/// line breaks.
enum RandomText {
  private static let pieces = [
    "a cat on a sofa", "猫がソファに座っている", "한국어 프롬프트", "一只猫，坐着。", "قطة على أريكة", "חתול על הספה",
    "👩‍🚀🪐", "🇯🇵", "e\u{301}", "\n", "\n\n", "\t", "\r\n", "\r", "<b>&amp;</b>", "]]>",
    "\"quoted\" 'too'",
    "<!-- no -->", "&#x41;", "\\u0041 \\n", "100 % © ½", "(masterpiece:1.2), [x|y]", "{a|b}", "  ",
    "𝒳𝒴", "\u{200F}", "\u{2028}", "-->", "<?xpacket end=\"w\"?>", "</rdf:RDF>",
  ]

  static func make(_ random: inout some RandomNumberGenerator, pieces count: Int = 12) -> String {
    (0..<Int.random(in: 1...count, using: &random))
      .map { _ in pieces[Int.random(in: 0..<pieces.count, using: &random)] }
      .joined(separator: " ")
  }

  static func long(_ random: inout some RandomNumberGenerator, bytes: Int) -> String {
    var text = ""
    while text.utf8.count < bytes { text += make(&random) + ", " }
    return text
  }

  static func copies(
    _ random: inout some RandomNumberGenerator, long bytes: Int? = nil
  ) -> ProvenanceCopies {
    let prompt = bytes.map { long(&random, bytes: $0) } ?? make(&random)
    let quoted = prompt.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case _ where scalar.value < 0x20:
        "\\u00" + (scalar.value < 16 ? "0" : "")
          + String(scalar.value, radix: 16)
      default: String(Character(scalar))
      }
    }.joined()
    return ProvenanceCopies(
      parameters: prompt + "\nSteps: 20, Seed: 42, Size: 64x64",
      xmp: XMPPacket(
        description: prompt,
        subjects: (0..<Int.random(in: 0...3, using: &random)).map { _ in make(&random, pieces: 2) },
        rating: [nil, 1, 5].randomElement(using: &random) ?? nil,
        creatorTool: "Seedbank", createDate: "2026-11-01T12:00:00Z",
        digitalSourceType: XMPPacket.trainedAlgorithmicMedia, aiSystemUsed: "Seedream",
        aiSystemVersionUsed: "seedream-3-0-t2i-250415", aiPromptInformation: prompt,
        record: "{\"prompt\":\"\(quoted)\",\"seed\":42}"))
  }
}
