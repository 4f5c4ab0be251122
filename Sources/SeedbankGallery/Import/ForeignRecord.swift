import SeedbankModel

/// What another tool wrote into an image, read without adding anything.
struct ForeignRecord: Hashable, Sendable {
  /// The tool's name in small letters, as docs/import.md lists them; `caption` and `unknown` are none.
  var tool: String
  /// Empty if none was recorded.
  var prompt = ""
  var seed: ImageSeed?
  private(set) var guidanceScale: Double?
  var model: String?
  /// What goes beyond our parameters, under the names that most tools share: `negative_prompt`,
  /// `steps`, `sampler`, `scheduler`, `loras`, and the tool's own for the rest.
  var settings: [String: JSONValue] = [:]
  /// The tool's own text, verbatim.
  var raw: String

  init(tool: String, raw: String) {
    self.tool = tool
    self.raw = raw
  }

  /// Sets a setting unless there is nothing to say.
  mutating func set(_ name: String, _ value: JSONValue?) {
    switch value {
    case nil, .null, .string(""): break
    case .some(let value): settings[name] = value
    }
  }

  /// Takes a seed. What is not one is kept as a setting, as it was written.
  mutating func setSeed(_ value: JSONValue?) {
    seed = value?.seed
    if seed == nil { set("seed", value) }
  }

  /// Takes a guidance scale; infinity and the like are none.
  mutating func setGuidanceScale(_ value: Double?) {
    guidanceScale = value.flatMap { $0.isFinite ? $0 : nil }
  }

  /// Notes the size that was generated, which a later upscaling or crop may have changed.
  mutating func setSize(width: JSONValue?, height: JSONValue?) {
    guard let width = width?.wholeNumber, let height = height?.wholeNumber else { return }
    set("size", .string("\(width)x\(height)"))
  }

  /// Notes the LoRAs that a prompt names as `<lora:NAME:WEIGHT>`.
  mutating func setLoRAs(inPrompt prompt: String) {
    let names = prompt.split(separator: "<").compactMap { part -> JSONValue? in
      guard part.hasPrefix("lora:"), let end = part.firstIndex(of: ">") else { return nil }
      return .string(String(part[part.index(part.startIndex, offsetBy: 5)..<end]))
    }
    if !names.isEmpty, settings["loras"] == nil { settings["loras"] = .array(names) }
  }

  /// Takes what is missing here from another record of the same file.
  mutating func complete(from other: ForeignRecord?) {
    guard let other else { return }
    if prompt.isEmpty { prompt = other.prompt }
    if seed == nil, settings["seed"] == nil { seed = other.seed }
    guidanceScale = guidanceScale ?? other.guidanceScale
    model = model ?? other.model
    settings.merge(other.settings) { ours, _ in ours }
  }

  /// Whether no tool was recognized, so that a sidecar may know more.
  var isAnonymous: Bool { tool == "unknown" || tool == "caption" }
}
