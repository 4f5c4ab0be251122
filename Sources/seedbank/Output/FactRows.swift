import SeedbankModel

/// The recorded values of a generation without its prompt, in the order of the output.
struct FactRows {
  private(set) var rows: [(name: String, value: String)] = []

  init(_ whole: WholeGeneration) {
    let generation = whole.generation
    addParameters(generation.parameters)
    add("tags", generation.tags.isEmpty ? nil : generation.tags.joined(separator: ", "))
    add("note", generation.note)
    addLineage(generation, whole.children)
    add("siblings", Self.list(whole.siblings))
    addOutcome(generation)
    addProvenance(generation.provenance)
    add("uid", generation.uid.description)
  }

  private mutating func add(_ name: String, _ value: String?) {
    if let value, !value.isEmpty { rows.append((name, value)) }
  }

  private static func list(_ ids: [GenerationID]) -> String? {
    ids.isEmpty ? nil : ids.map(\.description).joined(separator: ", ")
  }

  private mutating func addParameters(_ parameters: Parameters) {
    add("model", parameters.model)
    add("size", parameters.size)
    add("seed", parameters.seed.map { "\($0)" } ?? "not known")
    add("guidance", parameters.guidanceScale.map { "\($0)" })
    add("watermark", parameters.watermark.map { $0 ? "yes" : "no" })
    add("format", parameters.responseFormat)
  }

  private mutating func addLineage(_ generation: Generation, _ children: [GenerationID]) {
    if let parent = generation.parent {
      let change = generation.parentChange.map { $0 == "{}" ? "" : ", changed: \($0)" } ?? ""
      add("parent", "\(parent)\(change)")
    }
    if let verdict = generation.verdict {
      add("verdict", VerdictReport.line(verdict))
    }
    add("children", Self.list(children))
  }

  private mutating func addOutcome(_ generation: Generation) {
    add("completed", generation.completedAt.map { Clock.local($0) })
    add("gateway", generation.gateway)
    add("job", generation.jobID)
    add("usage", generation.usage)
    add("reason", generation.failure.map { "\($0.message) (\($0.code))" })
    if generation.status == .unknown {
      add(
        "meaning",
        "The request was sent, but no usable reply arrived. It may have been charged. "
          + "`seedbank sync --retry-unknown \(generation.id)` sends it again with the same seed.")
    }
  }

  /// The longest setting that is shown, in bytes.
  ///
  /// A longer one, such as ComfyUI's workflow, would hide all others.
  private static let longest = 2000

  private mutating func addProvenance(_ provenance: Provenance?) {
    guard let provenance else { return }
    add("made by", provenance.tool)
    let settings = provenance.settingsByName
    let (negative, others) = (
      settings.filter { $0.name == "negative_prompt" },
      settings.filter { $0.name != "negative_prompt" }
    )
    for (name, value) in negative + others {
      let isShort = value.utf8.count <= Self.longest
      add(
        name.replacing("_", with: " "),
        isShort ? value : "\(ByteCount.text(Int64(value.utf8.count))), whole in --format json")
    }
  }
}
