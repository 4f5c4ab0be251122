import Testing

@testable import SeedbankGallery

@Suite("LoRAs in ComfyUI's graphs")
struct ComfyLoRATests {
  /// Returns the recorded LoRAs of an image from these texts.
  private func loras(in chunks: [String: String]) throws -> [String] {
    let record = try #require(ForeignRecord.read(ImageTexts(chunks: chunks)))
    #expect(record.prompt == "a mill" && record.model == "base.safetensors")
    return record.settings["loras"]?.elements?.compactMap(\.string) ?? []
  }

  /// Adds a sampler with the model of this node.
  private func sample(_ model: Int, in graph: inout ComfyGraphBuilder) {
    let (positive, negative) = (graph.text("a mill"), graph.text("fog"))
    graph.add(
      "KSampler",
      [
        "seed": 1, "model": .from(model, 0), "positive": positive, "negative": negative,
        "latent_image": .from(1, 0),
      ])
    graph.save()
  }

  /// Returns the recorded LoRAs of a graph with one loader.
  private func loras(
    _ kind: String, _ inputs: KeyValuePairs<String, ComfyGraphBuilder.Input>
  ) throws -> [String] {
    var graph = ComfyGraphBuilder.started()
    let loader = graph.add(kind, inputs)
    sample(loader, in: &graph)
    return try loras(in: ["prompt": graph.prompt()])
  }

  @Test("a LoRA whose loader is switched off is not recorded", arguments: ["On", "Off"])
  func switches(state: String) throws {
    let found = try loras(
      "CR Load LoRA",
      [
        "model": .from(0, 0), "switch": .value(.string(state)), "lora_name": "ink",
        "strength_model": 1.0, "strength_clip": 1.0,
      ])
    #expect(found == (state == "On" ? ["ink"] : []))
  }

  @Test("a LoRA is recorded if one of its strengths is not zero")
  func strengths() throws {
    let cases: [(model: Double, clip: Double?, isUsed: Bool)] = [
      (0, nil, false), (0, 0, false), (0, 0.5, true), (0.5, 0, true), (0.5, nil, true),
    ]
    for (model, clip, isUsed) in cases {
      let typed = clip.map(JSONValue.number) ?? .null
      let single = try loras(
        "LoraLoader",
        [
          "model": .from(0, 0), "lora_name": "ink", "strength_model": .value(.number(model)),
          "strength_clip": .value(typed),
        ])
      let row = JSONValue.object([
        "on": .bool(true), "lora": .string("ink"), "strength": .number(model), "strengthTwo": typed,
      ])
      let power = try loras(
        "Power Lora Loader (rgthree)", ["model": .from(0, 0), "lora_1": .value(row)])
      #expect(single == (isUsed ? ["ink"] : []), "\(model), \(typed)")
      #expect(power == single, "\(model), \(typed)")
    }
  }

  @Test("the names in Easy-Use's stacks are read if the stack is on", arguments: [true, false])
  func easyStacks(isOn: Bool) throws {
    var graph = ComfyGraphBuilder.started()
    let first = graph.add(
      "easy loraStack", ["toggle": true, "num_loras": 1, "lora_1_name": "wash"])
    let stack = graph.add(
      "easy loraStack",
      [
        "toggle": .value(.bool(isOn)), "mode": "simple", "num_loras": 2,
        "lora_1_name": "ink.safetensors", "lora_1_strength": 1.0, "lora_2_name": "None",
        "lora_3_name": "snow", "optional_lora_stack": .from(first, 0),
      ])
    let applied = graph.add(
      "CR Apply LoRA Stack", ["model": .from(0, 0), "lora_stack": .from(stack, 0)])
    sample(applied, in: &graph)
    let found = try loras(in: ["prompt": graph.prompt()])
    #expect(found == (isOn ? ["ink.safetensors", "wash"] : []))
  }

  @Test("of Easy-Use's switch, only the selected LoRA is recorded")
  func easySwitch() throws {
    var graph = ComfyGraphBuilder.started()
    let stack = graph.add(
      "easy loraSwitcher",
      [
        "toggle": true, "select": 2, "num_loras": 3, "lora_strength": 1.0, "lora_1_name": "ink",
        "lora_2_name": "rain", "lora_3_name": "snow",
      ])
    let applied = graph.add(
      "CR Apply LoRA Stack", ["model": .from(0, 0), "lora_stack": .from(stack, 0)])
    sample(applied, in: &graph)
    #expect(try loras(in: ["prompt": graph.prompt()]) == ["rain"])
  }

  @Test("the active LoRAs of LoRA Manager are read from both graphs")
  func loraManager() throws {
    func row(_ name: String, _ strength: Double, isActive: Bool) -> JSONValue {
      .object([
        "name": .string(name), "strength": .number(strength), "active": .bool(isActive),
      ])
    }
    let rows = JSONValue.array([
      row("ink", 0.8, isActive: true), row("snow", 0.8, isActive: false),
      row("hail", 0, isActive: true), row("rain", 0.5, isActive: true),
    ])
    func graph(_ list: JSONValue) -> ComfyGraphBuilder {
      var graph = ComfyGraphBuilder.started()
      let loader = graph.add(
        "Lora Loader (LoraManager)",
        ["model": .from(0, 0), "text": "<lora:ink:0.8>", "loras": .value(list)])
      sample(loader, in: &graph)
      return graph
    }
    let executed = graph(.object(["__value__": rows])).prompt()
    #expect(try loras(in: ["prompt": executed]) == ["ink", "rain"])
    for listsWidgets in [true, false] {
      let workflow = graph(rows).workflow(listsWidgets: listsWidgets).text
      #expect(try loras(in: ["workflow": workflow]) == ["ink", "rain"])
    }
  }
}
