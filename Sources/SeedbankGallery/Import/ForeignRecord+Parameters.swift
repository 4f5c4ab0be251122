extension ForeignRecord {
  /// The values that most tools write, with their various names.
  private enum Parameter: CaseIterable {
    case prompt, negativePrompt, seed, guidanceScale, model, modelHash, steps, sampler, scheduler
    case size

    /// The names in the texts of tools, folded, the most specific first.
    var names: [String] {
      switch self {
      case .prompt: ["prompt", "positiveprompt", "includeinimage"]
      case .negativePrompt:
        ["negativeprompt", "negative", "excludefromimage", "uc", "nprompt"]
      case .seed: ["seed", "noiseseed"]
      case .guidanceScale: ["cfgscale", "cfg", "guidancescale", "guidance"]
      case .model:
        [
          "model", "modelname", "sdmodelname", "sdmodelcheckpoint", "usestablediffusionmodel",
          "stablediffusionmodel", "checkpoint", "modelfilename", "basemodelname", "basemodel",
        ]
      case .modelHash: ["modelhash", "basemodelhash", "sdmodelhash"]
      case .steps: ["steps", "numinferencesteps", "inferencesteps", "numsteps"]
      case .sampler: ["sampler", "samplername", "comfyuisampler", "autowebuisampler"]
      case .scheduler: ["scheduletype", "scheduler", "schedulername", "noiseschedule"]
      case .size: ["size", "resolution"]
      }
    }
  }

  /// The folded names of all common parameters.
  static let parameterNames = Set(Parameter.allCases.flatMap(\.names) + ["width", "height"])

  /// A name without case, spaces and punctuation: `CFG scale`, `cfg_scale` and `cfgScale` are one.
  static func folded(_ name: String) -> String {
    let folded = name.withASCII { bytes in
      let kept = bytes.filter { $0.isASCIILetter || $0.isASCIIDigit }
      return String(decoding: kept.map(\.lowercased), as: UTF8.self)
    }
    return folded ?? String(name.lowercased().filter { $0.isLetter || $0.isNumber })
  }

  /// Records a negative prompt, unless it is the word of a tool for an unknown value.
  mutating func setNegativePrompt(_ text: String) {
    if !JSONValue.string(text).isPlaceholder { set("negative_prompt", .string(text)) }
  }

  /// Takes named values: common ones into their fields, unless these have a value, and the rest as
  /// settings.
  ///
  /// A common value in an unknown form, such as two guidance scales, is kept as a setting.
  mutating func take(_ members: [String: JSONValue]) {
    var rest = members
    let names = Dictionary(members.keys.sorted().map { (Self.folded($0), $0) }) { first, _ in first
    }
    for parameter in Parameter.allCases {
      for name in parameter.names {
        guard let name = names[name], let value = rest[name] else { continue }
        let isTaken = take(parameter, value)
        if isTaken || value.isPlaceholder { rest[name] = nil }
        if isTaken { break }
      }
    }
    if let width = names["width"], let height = names["height"], settings["size"] == nil,
      members[width]?.wholeNumber != nil, members[height]?.wholeNumber != nil
    {
      setSize(width: rest.removeValue(forKey: width), height: rest.removeValue(forKey: height))
    }
    // In one order: two names can have the same key.
    for (name, value) in rest.sorted(by: { $0.key < $1.key }) {
      let key = A1111Reader.key(name)
      if settings[key] == nil { set(key, value) }
    }
  }

  /// False if the value is empty or has an unknown form, so that another name is tried.
  private mutating func take(_ parameter: Parameter, _ value: JSONValue) -> Bool {
    switch parameter {
    case .prompt:
      guard let text = value.words else { return false }
      prompt = text
      return true
    case .negativePrompt:
      guard !value.isPlaceholder, let text = value.words else { return false }
      set("negative_prompt", .string(text))
      return true
    default: break
    }
    guard !value.isPlaceholder else { return false }
    switch parameter {
    case .seed: setSeed(value)
    case .guidanceScale:
      guard let scale = value.decimal, scale.isFinite else { return false }
      setGuidanceScale(scale)
    case .model:
      guard let name = (value["model_name"] ?? value["name"] ?? value).string else { return false }
      model = name
    case .modelHash: set("model_hash", value)
    case .steps:
      guard let steps = value.wholeNumber ?? value.decimal.flatMap(Int64.init(exactly:)) else {
        return false
      }
      set("steps", .integer(steps))
    case .sampler: set("sampler", value)
    case .scheduler: set("scheduler", value)
    case .size: set("size", value.size.map(JSONValue.string) ?? value)
    case .prompt, .negativePrompt: break
    }
    return true
  }
}

extension JSONValue {
  /// A text as it was written, or the texts of a list joined by line feeds; nil if it is blank.
  fileprivate var words: String? {
    let text = string ?? elements?.compactMap(\.string).joined(separator: "\n")
    return text.flatMap { $0.trimmingWhitespace.isEmpty ? nil : $0 }
  }

  /// Whether the value is a word that tools write for an unknown value.
  fileprivate var isPlaceholder: Bool {
    switch self {
    case .null: true
    case .string(let text):
      ["", "unknown", "none", "n/a", "null", "undefined"].contains(
        text.trimmingWhitespace.lowercased())
    case .array(let elements): elements.isEmpty
    default: false
    }
  }

  /// `832x1216` from `832 x 1216`, `(832, 1216)` and the like.
  fileprivate var size: String? {
    guard let text = string, text.utf8.count < 40 else { return nil }
    let numbers = text.split { !$0.isASCII || !$0.isNumber }
    guard numbers.count == 2, text.first != "-" else { return nil }
    return "\(numbers[0])x\(numbers[1])"
  }
}
