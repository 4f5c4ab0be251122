package import SeedbankModel

/// What another tool recorded of an imported image: one field of the history, so that reading it again
/// is undone as a whole.
package struct RecordedMetadata: Hashable, Sendable {
  /// The prompt text.
  package var prompt: String
  /// The model.
  package var model: String?
  /// The seed.
  package var seed: ImageSeed?
  /// The guidance scale.
  package var guidanceScale: Double?
  /// Nil if the image has no metadata.
  package var tool: String?
  /// JSON object.
  package var settings: String?

  /// Makes metadata; nil means that the file does not say.
  package init(
    prompt: String, model: String?, seed: ImageSeed?, guidanceScale: Double?, tool: String?,
    settings: String?
  ) {
    self.prompt = prompt.withoutNUL
    self.model = model?.withoutNUL
    self.seed = seed
    self.guidanceScale = guidanceScale
    self.tool = tool?.withoutNUL
    self.settings = settings?.withoutEscapedNUL
  }

  /// Reads the recorded metadata of `generation`.
  package init(_ generation: Generation) {
    self.init(
      prompt: generation.prompt, generation.parameters, generation.provenance)
  }

  init(prompt: String, _ parameters: Parameters, _ provenance: Provenance?) {
    self.init(
      prompt: prompt, model: parameters.model, seed: parameters.seed,
      guidanceScale: parameters.guidanceScale, tool: provenance?.tool,
      settings: provenance?.settings)
  }

  /// The value in the form of the history.
  ///
  /// The settings are a text in it, so that they can be restored byte for byte.
  var json: String {
    var writer = JSONWriter()
    writer.object { object in
      object.member("prompt", prompt)
      object.member("model", model)
      object.member("seed", seed)
      object.member("guidance_scale", guidanceScale)
      object.member("tool", tool)
      object.member("settings", settings)
    }
    return writer.text
  }

  init?(json: String) {
    func member(_ name: String) -> String? {
      let value = try? JSONReader.member(name, of: json)
      return value == "null" ? nil : value
    }
    guard let prompt = FieldValue.string(member("prompt")) else { return nil }
    self.init(
      prompt: prompt, model: FieldValue.string(member("model")),
      seed: member("seed").flatMap { ImageSeed($0) },
      guidanceScale: member("guidance_scale").flatMap { Double($0) },
      tool: FieldValue.string(member("tool")), settings: FieldValue.string(member("settings")))
  }
}

extension RecordedMetadata {
  /// What another reading says differently, field by field.
  package func differences(to other: RecordedMetadata) -> [GenerationDifference.Field] {
    let values: [(String, String?, String?)] = [
      ("prompt", prompt, other.prompt), ("model", model, other.model),
      ("seed", seed?.description, other.seed?.description),
      ("guidance_scale", guidanceScale?.description, other.guidanceScale?.description),
      ("tool", tool, other.tool), ("settings", settings, other.settings),
    ]
    return values.compactMap { name, before, after in
      before == after ? nil : GenerationDifference.Field(name: name, before: before, after: after)
    }
  }
}
