import SeedbankModel

/// The metadata that another tool wrote into an image, without any invented value.
struct ForeignRecord: Hashable, Sendable {
  /// The tool's name in lower case, as in docs/import.md.
  ///
  /// `caption` and `unknown` are not tools.
  var tool: String
  /// Empty if none was recorded.
  var prompt = ""
  var seed: ImageSeed?
  private(set) var guidanceScale: Double?
  var model: String?
  /// Values other than Seedbank's parameters, with the names that most tools use: `negative_prompt`,
  /// `steps`, `sampler`, `scheduler`, `loras`, and the tool's own for the rest.
  var settings: [String: JSONValue] = [:]
  /// The unchanged text of the tool.
  var raw: String

  /// The setting with the name of the sidecar that contained the text.
  static let sidecar = "sidecar"

  init(tool: String, raw: String) {
    self.tool = tool
    self.raw = raw
  }

  /// Sets a setting, unless the value is empty.
  mutating func set(_ name: String, _ value: JSONValue?) {
    switch value {
    case nil, .null, .string(""): break
    case .some(let value): settings[name] = value
    }
  }

  /// Takes a seed.
  ///
  /// Another value is kept as a setting.
  mutating func setSeed(_ value: JSONValue?) {
    seed = value?.seed
    if seed == nil { set("seed", value) }
  }

  /// Takes a guidance scale, if it is a finite number.
  mutating func setGuidanceScale(_ value: Double?) {
    guidanceScale = value.flatMap { $0.isFinite ? $0 : nil }
  }

  /// Records the generated size, because a later upscaling or crop may have changed it.
  mutating func setSize(width: JSONValue?, height: JSONValue?) {
    guard let width = width?.wholeNumber, let height = height?.wholeNumber else { return }
    set("size", .string("\(width)x\(height)"))
  }

  /// Records the LoRAs in a prompt, `<lora:NAME:WEIGHT>`.
  mutating func setLoRAs(inPrompt prompt: String) {
    let names = prompt.split(separator: "<").compactMap { part -> JSONValue? in
      guard part.hasPrefix("lora:"), let end = part.firstIndex(of: ">") else { return nil }
      return .string(String(part[part.index(part.startIndex, offsetBy: 5)..<end]))
    }
    if !names.isEmpty, settings["loras"] == nil { settings["loras"] = .array(names) }
  }

  /// Takes missing values from another record of the same file.
  mutating func complete(from other: ForeignRecord?) {
    guard let other else { return }
    if prompt.isEmpty { prompt = other.prompt }
    if seed == nil, settings["seed"] == nil { seed = other.seed }
    guidanceScale = guidanceScale ?? other.guidanceScale
    model = model ?? other.model
    settings.merge(other.settings) { ours, _ in ours }
  }

  /// Whether no tool was recognized.
  var isAnonymous: Bool { Self.anonymousTools.contains(tool) }

  static let anonymousTools: Set<String> = ["unknown", "caption"]

  /// Whether it is the text of a tool, so that sidecars of tools are not used.
  var isToolText: Bool { !isAnonymous && !raw.isEmpty }

  /// Whether a text is part of the text of a tool.
  func hasToolText(_ text: String) -> Bool { isToolText && raw.containsBytes(of: text) }
}
