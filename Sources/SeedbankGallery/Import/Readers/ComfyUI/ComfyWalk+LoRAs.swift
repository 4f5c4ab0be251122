extension ComfyWalk {
  /// Whether a stack of LoRAs is off, together with the stack that it continues.
  func isOff(_ index: Int) -> Bool {
    node(index).values["toggle"].flatMap(Self.truth) == false
  }

  /// The number of values that may name LoRAs.
  func loraValueCount(of index: Int) -> Int {
    node(index).values.count + listedLoRAs(of: index).count
  }

  /// The list of LoRAs, which LoRA Manager has in one input.
  private func listedLoRAs(of index: Int) -> [JSONValue] {
    node(index).values["loras"]?.elements ?? []
  }

  /// The enabled LoRAs of a node.
  func ownLoRAs(of index: Int) -> [String] {
    let node = node(index)
    let inputs = Set(node.values.keys).union(node.links.keys).sorted(by: ComfyGraph.precedes)
    let rows = listedLoRAs(of: index).compactMap(\.members)
    var names = inputs.compactMap { lora(of: index, in: $0) }
    names += rows.filter(Self.isUsed).compactMap { $0["name"]?.string }
    return names.filter { !["", "none", "[none]"].contains($0.lowercased()) }
  }

  /// The LoRA in an input: `lora_name`, `lora_name_1`, `lora_1` or `lora_1_name`.
  ///
  /// Nil for another input, and for a LoRA that is off.
  private func lora(of index: Int, in name: String) -> String? {
    guard name.lowercased().hasPrefix("lora_") else { return nil }
    let node = node(index)
    if let row = node.values[name]?.members, let file = row["lora"] {
      return Self.isUsed(row) ? file.string : nil
    }
    let parts = name.split(separator: "_")
    let endsInName = parts.count == 3 && parts[2] == "name"
    let digits: Substring = endsInName ? parts[1] : parts.last ?? ""
    let number = Int64(digits)
    if let number {
      let count = node.values["lora_count"]?.wholeNumber ?? node.values["num_loras"]?.wholeNumber
      guard number <= (count ?? .max) else { return nil }
      // Easy-Use's switch has many LoRAs and selects one of them.
      if endsInName, node.hasInput("select"), value(index, ["select"])?.wholeNumber != number {
        return nil
      }
    } else if !name.hasPrefix("lora_name") {
      return nil
    }
    let suffix = number == nil ? "" : "_\(digits)"
    guard node.values["switch\(suffix)"] != .string("Off"),
      node.values["lora\(suffix)_enabled"] != .bool(false), !Self.isZero(node, suffix)
    else { return nil }
    return value(index, [name])?.string
  }

  /// Whether a LoRA in an object is on and has an effect.
  private static func isUsed(_ row: [String: JSONValue]) -> Bool {
    guard row["on"] != .bool(false), row["active"] != .bool(false) else { return false }
    let clip = (row["strengthTwo"] ?? row["clipStrength"])?.decimal ?? 0
    return row["strength"]?.decimal != 0 || clip != 0
  }

  /// Whether the typed strengths of a LoRA are zero, so that it has no effect.
  private static func isZero(_ node: ComfyGraph.Node, _ suffix: String) -> Bool {
    strengths.contains { model, clip in
      node.values[model + suffix]?.decimal == 0 && node.links[clip + suffix] == nil
        && (node.values[clip + suffix]?.decimal ?? 0) == 0
    }
  }

  /// The inputs with the strengths for the model and for the text encoder.
  ///
  /// Some loaders have only the first one.
  private static let strengths = [
    ("strength_model", "strength_clip"), ("lora_model_strength", "lora_clip_strength"),
    ("model_weight", "clip_weight"), ("strength", "strength_clip"),
    ("lora_strength", "lora_clip_strength"),
  ]
}
