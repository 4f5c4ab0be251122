import SeedbankModel

/// The recorded values of a generation without its prompt, in the order of the output.
struct FactRows {
  private(set) var rows: [(name: String, value: String)] = []

  init(_ whole: WholeGeneration) {
    let generation = whole.generation
    addParameters(generation.parameters)
    add("seed effect", whole.seedEffect?.text)
    add("group", generation.provider.groupSize.map { "up to \(Count.text($0, "image"))" })
    add("references", Self.list(generation.references))
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

  /// One line for each reference image.
  private static func list(_ references: [ReferenceImage]) -> String? {
    references.isEmpty ? nil : references.map(line).joined(separator: "\n")
  }

  private static func line(_ reference: ReferenceImage) -> String {
    let name = reference.role == .mask ? "mask" : "\(reference.position)"
    let size = reference.width > 0 ? " \(reference.width)x\(reference.height)" : ""
    let place =
      switch reference.place {
      case .library: ""
      case .remote: ", on a remote only"
      case .missing: ", file missing"
      }
    return "\(name): \(reference.format)\(size), \(ByteCount.text(reference.bytes))\(place), "
      + reference.digest.description
  }

  /// The provider is shown if it is not the default one; the reported values, if they differ from the
  /// request.
  private mutating func addProvider(_ generation: Generation) {
    let provider = generation.provider
    add("provider", provider.name.flatMap { $0 == Settings.standardProvider ? nil : $0 })
    if provider.modelEchoed != generation.parameters.model {
      add("reported model", provider.modelEchoed)
    }
    if provider.seedEchoed != generation.parameters.seed {
      add("reported seed", provider.seedEchoed.map { "\($0)" })
    }
    add("cost", provider.cost.map(Self.text))
  }

  private static func text(_ cost: Cost) -> String {
    [cost.amount.description, cost.currency, cost.isEstimated ? "(estimated)" : ""]
      .filter { !$0.isEmpty }.joined(separator: " ")
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
    addProvider(generation)
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
