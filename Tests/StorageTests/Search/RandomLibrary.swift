import TestRandomness

@testable import SeedbankModel
@testable import SeedbankQuery
@testable import SeedbankStorage

extension SearchFixture {
  static let pieces = [
    "cat", "Cat", "cats", "fish", "fisheye", "Bokeh", "été", "e\u{301}te\u{301}", "naïve", "Straße",
    "STRASSE", "Łódź", "йод", "и\u{306}од", "猫", "猫咪", "猫咪在睡", "犬と猫", "カメラ", "ｶﾒﾗ", "がく",
    "か\u{3099}く", "한국어", "\u{1112}\u{1161}\u{11AB}국", "🐱", "👩‍🎨", "🇫🇷", "❤️", "close-up", "cat's",
    "４Ｋ", "3.5", "\"", "(", ")", "*", ":", "tag:draft", "OR", "-", "\u{E001}", "\u{0}", "नमस्ते",
    "สวัสดี", "𠮷野家", "x²", "﷽", "A\u{301}\u{302}\u{303}",
  ]
  static let tagNames = [
    "client", "client/acme", "Client/Acme/Äpfel", "draft", "猫", "wip 2", "a/b/c", "b",
  ]
  static let models = [
    "seedream-3-0-t2i-250415", "seedream-4-0", "Seedream-4-0", "ep *x", "SDXL 1.0",
  ]
  static let seeds: [ImageSeed] = [
    42, 7, 1234, 12345, 0, ImageSeed(Int64.max), ImageSeed(Int64.min), -1, -1234,
    ImageSeed(UInt64(1) << 63), ImageSeed(UInt64(1) << 63 + 9), ImageSeed(UInt64.max), .max,
  ]
  static let sizes = ["1024x1024", "1152x864", "864x1152", "2K", "512x512", "1280x720", "4k"]

  static func text(_ random: inout SeededGenerator) -> String {
    let words = (0..<Int.random(in: 0...7, using: &random)).map { _ in
      pieces.randomElement(using: &random) ?? ""
    }
    let text = words.joined(separator: Bool.random(using: &random) ? " " : "")
    let isLong = Int.random(in: 0..<120, using: &random) == 0
    return isLong ? String(repeating: text + "a", count: 1_500) : text
  }

  /// Fills the library with `count` generations that have a random mixture of values.
  func fill(_ count: Int, _ random: inout SeededGenerator) throws {
    // Some of the files that are not in the library are on a remote.
    if Bool.random(using: &random) {
      try library.addRemote("nas", url: "file:///nas")
      try library.note((0...20).map { Digest(of: [UInt8($0)]) }, on: "nas")
    }
    let isInOrder = Bool.random(using: &random)
    for number in 1...count {
      let hours = isInOrder ? number : Int.random(in: 0...3_000, using: &random)
      let time = Self.now.advanced(bySeconds: Double(hours - 3_000) * 3_600)
      let tags = Self.tagNames.filter { _ in Int.random(in: 0..<5, using: &random) == 0 }
      try add(Self.text(&random), at: time, tags: tags) { draft in
        Self.vary(&draft, number, &random)
      }
    }
    try library.giveAway { _ in Int.random(in: 0..<3, using: &random) == 0 }
    for name in ["Best", "Später"] {
      let ids = (1...count).filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
      try library.edit(
        .collect(name), on: ids.map { GenerationID(Int64($0)) }, by: "ann", at: Self.now)
    }
  }

  private static func vary(
    _ draft: inout GenerationDraft, _ number: Int, _ random: inout SeededGenerator
  ) {
    func oneIn(_ number: Int) -> Bool { Int.random(in: 0..<number, using: &random) == 0 }
    draft.status =
      Status.allCases.filter { $0 != .held }.randomElement(using: &random) ?? .complete
    draft.parameters.model = random.maybe { models.randomElement(using: &$0) ?? "" }
    draft.parameters.size = random.maybe { sizes.randomElement(using: &$0) ?? "" }
    if oneIn(2) {
      draft.parameters.width = [512, 1024, 864, 1280].randomElement(using: &random)
      draft.parameters.height = [512, 1024, 1152, 720].randomElement(using: &random)
    }
    draft.parameters.seed = random.maybe {
      seeds.randomElement(using: &$0) ?? 0
    }
    draft.parameters.guidanceScale = random.maybe { [1, 2.5, 3.5].randomElement(using: &$0) ?? 1 }
    draft.parameters.watermark = random.maybe { Bool.random(using: &$0) }
    draft.rating = random.maybe { Int.random(in: 1...5, using: &$0) }
    draft.isFavorite = oneIn(3)
    draft.note = random.maybe { text(&$0) }
    if oneIn(8) { draft.trashedAt = now }
    if number > 1, oneIn(3) {
      draft.parent = GenerationID(Int64.random(in: 1..<Int64(number), using: &random))
    }
    draft.verdict = random.maybe {
      RecordedVerdict(
        kind: QueryField.verdicts.randomElement(using: &$0) ?? "different", detail: "{}")
    }
    if oneIn(2) {
      let settings = #"{"negative_prompt":"blurry cat","steps":20,"loras":[{"name":"猫咪"}]}"#
      let tools = ["a1111", "ComfyUI", "comfyui", "Été 2", "unknown"]
      draft.provenance = Provenance(
        tool: tools.randomElement(using: &random) ?? "", settings: settings,
        raw: random.maybe { random in
          let pieces: [[UInt8]] = [
            Array("KSampler".utf8), Array("ksampler 猫".utf8), [0], [0xFF, 0xC3], [0x80],
            Array("ÉT*É".utf8), Array("(a b)".utf8), [],
          ]
          return (0..<4).flatMap { _ in pieces.randomElement(using: &random) ?? [] }
        })
    }
    draft.provider.name = random.maybe {
      ["pixazo", "ark", "Ark 2"].randomElement(using: &$0) ?? ""
    }
    draft.references = (0..<Int.random(in: 0...2, using: &random)).map { index in
      ReferenceImage(
        position: index + 1, digest: Digest(of: [UInt8.random(in: 0...40, using: &random)]),
        format: "png", width: 3, height: 4, bytes: 5)
    }
    draft.images = (0..<Int.random(in: 0...2, using: &random)).map { index in
      CataloguedImage(
        position: index + 1, digest: Digest(of: [UInt8.random(in: 0...40, using: &random)]),
        format: ["jpeg", "png", "webp"].randomElement(using: &random) ?? "png", width: 3, height: 4,
        bytes: 5, perceptualHash: nil, missingSince: oneIn(4) ? now : nil)
    }
  }
}
