import TestRandomness
import Testing

@testable import SeedbankGallery

@Suite("ComfyUI's graphs by meaning")
struct ComfyGraphTests {
  private func record(_ chunks: [String: String], fileName: String? = nil) throws -> ForeignRecord {
    var texts = ImageTexts(chunks: chunks)
    texts.fileName = fileName
    return try #require(ForeignRecord.read(texts))
  }

  private func expect(_ record: ForeignRecord, _ wanted: ComfyGraphCase, _ form: String) {
    let name = "\(wanted.name) (\(form))"
    #expect(record.prompt == wanted.prompt, "\(name)")
    #expect(record.settings["negative_prompt"]?.string == wanted.negative, "\(name)")
    #expect(record.seed == wanted.seed, "\(name)")
    #expect(record.model == wanted.model, "\(name)")
    #expect(record.guidanceScale == wanted.guidance, "\(name)")
  }

  @Test("the executed graph contains the requested values", arguments: ComfyGraphCase.all)
  func executedGraph(wanted: ComfyGraphCase) throws {
    let prompt = wanted.graph().prompt()
    let record = try record(["prompt": prompt])
    expect(record, wanted, "executed")
    #expect(record.raw == prompt, "the graph is kept")
  }

  @Test("the editor's graph alone gives the same values", arguments: ComfyGraphCase.all)
  func editorGraph(wanted: ComfyGraphCase) throws {
    let record = try record(["workflow": wanted.graph().workflow().text])
    expect(record, wanted, "editor")
  }

  @Test(
    "ids, order, reroutes, unused branches, bypassed and muted nodes change nothing",
    arguments: ComfyGraphCase.all)
  func invariance(wanted: ComfyGraphCase) throws {
    var random = SeededGenerator(
      seed: UInt64(wanted.name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) }))
    for _ in 0..<4 {
      var graph = wanted.graph()
      graph.addReroutes(&random)
      graph.addUnusedBranches(&random)
      let ids = Array(1...graph.nodes.count).shuffled(using: &random)
      expect(try record(["prompt": graph.prompt(ids: ids.map { "\($0)" })]), wanted, "executed")
      let nested = ids.map { "\($0 / 7):\($0)" }
      expect(try record(["prompt": graph.prompt(ids: nested)]), wanted, "executed, nested ids")
      graph.addBypassedNodes(&random)
      let more = Array(1...graph.nodes.count).shuffled(using: &random)
      expect(try record(["workflow": graph.workflow(ids: more).text]), wanted, "editor")
    }
  }

  @Test("of several saving nodes, the one whose prefix matches the file name is used")
  func savers() throws {
    var graph = ComfyGraphBuilder.started()
    let first = graph.sample(graph.text("a mill"), graph.text("fog"), seed: 1)
    graph.save(first, prefix: "mills/mill")
    let second = graph.sample(graph.text("a millet"), graph.text("rain"), seed: 2)
    graph.save(second, prefix: "%date:yyyy%/millet_%KSampler.seed%")
    let prompt = graph.prompt()
    #expect(try record(["prompt": prompt], fileName: "mill_00001_.png").prompt == "a mill")
    #expect(try record(["prompt": prompt], fileName: "millet_2_00001_.png").prompt == "a millet")
    #expect(try record(["prompt": prompt], fileName: "millet_2_00001_.png").seed == 2)
  }

  @Test("of several saving nodes, the one with the most nodes above it is used")
  func longestWay() throws {
    var graph = ComfyGraphBuilder.started()
    let first = graph.sample(graph.text("a mill"), graph.text("fog"), seed: 1)
    graph.save(first)
    let second = graph.add(
      "KSampler",
      [
        "seed": 2, "cfg": 5.0, "model": .from(0, 0), "positive": graph.text("a bigger mill"),
        "negative": graph.text("fog"), "latent_image": .from(first, 0), "denoise": 0.5,
      ])
    graph.save(second)
    #expect(try record(["prompt": graph.prompt()], fileName: "IMG_1.png").prompt == "a bigger mill")
  }

  @Test("the linked values of a saving node are read if the graph above it is unknown")
  func saverInputs() throws {
    var graph = ComfyGraphBuilder()
    let text = graph.add("CR Prompt Text", ["prompt": "a mill"])
    let seed = graph.add("Seed Generator", ["seed": 41])
    let image = graph.add("Mystery", ["a": 1, "b": 2])
    graph.add(
      "Image Saver",
      [
        "images": .from(image, 0), "positive": .from(text, 0), "negative": "unknown",
        "seed_value": .from(seed, 0), "modelname": "m",
      ])
    let record = try record(["prompt": graph.prompt()])
    #expect(record.prompt == "a mill" && record.seed == 41)
    #expect(record.settings["negative_prompt"] == nil && record.model == nil)
  }

  @Test("placeholders of a saving node are ignored")
  func placeholders() throws {
    let graph = #"{"1": {"class_type": "Mystery", "inputs": {}}}"#
    let text = "unknown\nNegative prompt: unknown\nSteps: 20, CFG scale: 8.0, Seed: 0, Model: m"
    let record = try record(["prompt": graph, "parameters": text])
    #expect(record.prompt.isEmpty && record.seed == nil && record.model == nil)
  }

  @Test("enabled LoRAs of stacks and loaders are read")
  func loras() throws {
    var graph = ComfyGraphBuilder.started()
    let stack = graph.add(
      "CR LoRA Stack",
      [
        "switch_1": "On", "lora_name_1": "ink", "switch_2": "Off", "lora_name_2": "snow",
        "switch_3": "On", "lora_name_3": "None",
      ])
    let applied = graph.add(
      "CR Apply LoRA Stack", ["model": .from(0, 0), "lora_stack": .from(stack, 0)])
    let power = graph.add(
      "Power Lora Loader (rgthree)",
      [
        "model": .from(applied, 0),
        "lora_1": .value(.object(["on": .bool(true), "lora": .string("rain")])),
        "lora_2": .value(.object(["on": .bool(false), "lora": .string("hail")])),
      ])
    graph.add(
      "KSampler",
      [
        "seed": 1, "model": .from(power, 0), "positive": graph.text("a mill"),
        "negative": graph.text("fog"), "latent_image": .from(1, 0),
      ])
    graph.save()
    let record = try record(["prompt": graph.prompt()])
    #expect(record.settings["loras"] == .array([.string("rain"), .string("ink")]))
    #expect(record.settings["size"] == .string("832x1216"))
  }

  @Test("sizes of services are read as a preset, as sides and as text")
  func serviceSizes() throws {
    func size(_ inputs: KeyValuePairs<String, ComfyGraphBuilder.Input>) throws -> String? {
      var graph = ComfyGraphBuilder()
      graph.add("ByteDanceSeedreamNode", inputs)
      return try record(["prompt": graph.prompt()]).settings["size"]?.string
    }
    #expect(try size(["size_preset": "2304x1728 (4:3)", "width": 1, "height": 1]) == "2304x1728")
    #expect(try size(["size_preset": "Custom", "width": 1500, "height": 900]) == "1500x900")
    #expect(try size(["size_preset": "adaptive"]) == "adaptive")
  }

  @Test("text that a node showed is read as it was when the image was made")
  func shownText() throws {
    var graph = ComfyGraphBuilder.started()
    let written = graph.add("Mystery", ["order": "Describe", "model": "talker"])
    let shown = graph.add(
      "ShowText|pysssss", ["text": .from(written, 0), "text_0": "of the time before"])
    let encoder = graph.add("CLIPTextEncode", ["text": .from(shown, 0)])
    graph.sample(.from(encoder, 0), graph.text("fog"))
    graph.save()
    #expect(try record(["prompt": graph.prompt()]).prompt.isEmpty)
    let workflow = """
      {"nodes": [{"id": \(shown), "type": "ShowText|pysssss", "widgets_values": ["a mill"]}]}
      """
    #expect(try record(["prompt": graph.prompt(), "workflow": workflow]).prompt == "a mill")
  }

  @Test("graphs in Exif, in pixels and in one object with the workflow are found")
  func places() throws {
    var graph = ComfyGraphBuilder.started()
    graph.sample(graph.text("a mill"), graph.text("fog"))
    graph.save()
    let (prompt, workflow) = (graph.prompt(), graph.workflow().text)
    let both = #"{"prompt": \#(prompt), "workflow": \#(workflow)}"#
    let places = [
      ImageTexts(make: "Workflow:" + workflow, model: "Prompt:" + prompt),
      ImageTexts(description: "Workflow:" + workflow), ImageTexts(userComment: both),
      ImageTexts(userComment: prompt + "\0\0"), ImageTexts(stealth: both),
      ImageTexts(chunks: ["Prompt": prompt]),
    ]
    for place in places {
      #expect(try #require(ForeignRecord.read(place)).prompt == "a mill")
    }
  }
}

extension ComfyGraphBuilder {
  private func randomLink(_ random: inout SeededGenerator) -> (node: Int, input: Int)? {
    let links = nodes.indices.flatMap { node in
      nodes[node].inputs.indices.compactMap { input in
        if case .from = nodes[node].inputs[input].input { (node, input) } else { nil }
      }
    }
    return links.randomElement(using: &random)
  }

  private mutating func insert(_ kind: String, mode: Int, _ random: inout SeededGenerator) {
    guard let (node, input) = randomLink(&random) else { return }
    // The name of the input determines the type that a bypass passes on.
    let name = nodes[node].inputs[input].name
    let added = add(kind, [name: nodes[node].inputs[input].input])
    nodes[added].mode = mode
    nodes[node].inputs[input].input = .from(added, 0)
  }

  mutating func addReroutes(_ random: inout SeededGenerator) {
    for _ in 0..<Int.random(in: 0...6, using: &random) { insert("Reroute", mode: 0, &random) }
  }

  mutating func addBypassedNodes(_ random: inout SeededGenerator) {
    for _ in 0..<Int.random(in: 0...4, using: &random) { insert("Mystery", mode: 4, &random) }
    let muted = add("SaveImage", ["images": .from(0, 0)])
    nodes[muted].mode = 2
  }

  mutating func addUnusedBranches(_ random: inout SeededGenerator) {
    for number in 0..<Int.random(in: 0...3, using: &random) {
      let text = add("CLIPTextEncode", ["text": .value(.string("unused \(number)"))])
      let source = Int.random(in: 0..<text, using: &random)
      add(
        "ConditioningCombine",
        ["conditioning_1": .from(text, 0), "conditioning_2": .from(source, 0)])
      add("Note", ["text": "unused"])
    }
  }
}
