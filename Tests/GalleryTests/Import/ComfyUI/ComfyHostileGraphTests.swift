import TestRandomness
import Testing

@testable import SeedbankGallery

@Suite("Hostile graphs of ComfyUI")
struct ComfyHostileGraphTests {
  private func record(_ prompt: String) throws -> ForeignRecord {
    try #require(ForeignRecord.read(ImageTexts(chunks: ["prompt": prompt])))
  }

  @Test("a hundred thousand nodes with links in any order are read, and one more is too many")
  func largest() throws {
    var graph = ComfyGraphBuilder.started()
    var side = graph.text("a mill")
    while graph.nodes.count < ComfyGraph.mostNodes - 4 {
      side = .from(graph.add("Reroute", ["": side]), 0)
    }
    graph.sample(side, graph.text("fog"), seed: 41)
    graph.save()
    var random = SeededGenerator(seed: 3)
    let ids = (0..<graph.nodes.count).shuffled(using: &random).map { "\($0)" }
    var record = ForeignRecord(tool: "comfyui", raw: "")
    record.take(try #require(ComfyGraph(prompt: graph.promptValue(ids: ids))), fileName: nil)
    #expect(record.prompt == "a mill" && record.seed == 41)
    graph.add("Note")
    #expect(ComfyGraph(prompt: graph.promptValue()) == nil)
  }

  @Test("a long chain of nodes that are not reroutes ends without a prompt")
  func deepChain() throws {
    var graph = ComfyGraphBuilder.started()
    var side = graph.text("a mill")
    for _ in 0..<2_000 { side = .from(graph.add("ControlNetApply", ["conditioning": side]), 0) }
    graph.sample(side, graph.text("fog"), seed: 41)
    graph.save()
    let record = try record(graph.prompt())
    #expect(record.prompt.isEmpty && record.seed == 41)
  }

  @Test("cycles of every kind of node end")
  func cycles() throws {
    let kinds = [
      "Reroute", "ConditioningCombine", "ComfySwitchNode", "Context (rgthree)", "StringConcatenate",
      "Context Switch (rgthree)", "Context Merge (rgthree)", "Any Switch (rgthree)", "PreviewAny",
      "ToBasicPipe", "EditBasicPipe", "easy pipeOut", "KSampler", "KSamplerAdvanced", "VAEDecode",
      "FaceDetailer", "Mystery", "LoraLoader", "ModelMergeSimple", "FluxGuidance", "ImpactSwitch",
    ]
    let names = [
      "conditioning", "conditioning_1", "conditioning_2", "switch", "on_true", "on_false",
      "base_ctx", "ctx_01", "ctx_02", "any_01", "any_02", "source", "string_a", "string_b",
      "basic_pipe", "pipe", "positive", "negative", "latent_image", "samples", "image", "images",
      "model", "model1", "model2", "text", "seed", "select", "input1", "guider", "delimiter",
    ]
    var random = SeededGenerator(seed: 11)
    for _ in 0..<200 {
      var graph = ComfyGraphBuilder()
      let count = Int.random(in: 2...30, using: &random)
      for _ in 0..<count {
        let node = graph.add(kinds.randomElement(using: &random) ?? "")
        for _ in 0..<Int.random(in: 0...8, using: &random) {
          let source = Int.random(in: 0..<count, using: &random)
          graph.nodes[node].inputs.append(
            (
              names.randomElement(using: &random) ?? "",
              .from(source, Int.random(in: 0...8, using: &random))
            ))
        }
      }
      graph.save(Int.random(in: 0..<count, using: &random))
      let first = try record(graph.prompt())
      #expect(first == (try record(graph.prompt())), "the same graph says the same")
      _ = ForeignRecord.read(ImageTexts(chunks: ["workflow": graph.workflow().text]))
    }
  }

  @Test("a size and a model that depend on themselves end")
  func selfReference() throws {
    for name in ["width", "ckpt_name", "seed", "positive"] {
      var graph = ComfyGraphBuilder.started()
      let parts = graph.add("easy pipeOut")
      graph.nodes[parts].inputs = (0..<9).map { slot in
        let names = [name, "width", "height", "ckpt_name", "cfg", "seed", "pos", "neg", "model"]
        return (names[slot], .from(parts, [4, 4, 4, 1, 8, 8, 2, 3, 1][slot]))
      }
      graph.add(
        "KSampler",
        [
          "model": .from(parts, 1), "positive": .from(parts, 2), "negative": .from(parts, 3),
          "latent_image": .from(parts, 4), "seed": .from(parts, 8),
        ])
      graph.save()
      let record = try record(graph.prompt())
      #expect(record.prompt.isEmpty && record.seed == nil && record.model == nil)
    }
  }

  @Test("a text that doubles at every step is abandoned")
  func doublingText() throws {
    var graph = ComfyGraphBuilder.started()
    var text = graph.add(
      "PrimitiveString", ["value": .value(.string(String(repeating: "a", count: 999)))])
    for _ in 0..<120 {
      text = graph.add(
        "StringConcatenate",
        ["string_a": .from(text, 0), "string_b": .from(text, 0), "delimiter": ""])
    }
    graph.sample(.from(graph.add("CLIPTextEncode", ["text": .from(text, 0)]), 0), graph.text("fog"))
    graph.save()
    #expect(try record(graph.prompt()).prompt.isEmpty)
  }

  /// Layers of two nodes, each of which is linked to both nodes of the layer before.
  private struct Lattice: Sendable, CustomTestStringConvertible {
    let kind: String
    /// The names of the links, alternately to the first and the second node.
    let names: [String]
    var slot = 0
    var word = "on"

    var testDescription: String { kind }

    func graph(layers: Int) -> ComfyGraph? {
      var graph = ComfyGraphBuilder.started()
      let sampler = graph.sample(graph.text("a mill"), graph.text("fog"), seed: 41)
      var layer: [ComfyGraphBuilder.Input] = [
        .from(graph.add("PrimitiveString", ["value": .value(.string(word))]), 0), .from(sampler, 0),
      ]
      for _ in 0..<layers {
        layer = (0..<2).map { _ in
          let node = graph.add(kind)
          graph.nodes[node].inputs = names.enumerated().map { ($1, layer[$0 % 2]) }
          return .from(node, slot)
        }
      }
      // The values of the lattice are needed in all places.
      let text = graph.add("CLIPTextEncode", ["text": layer[0]])
      let last = graph.sample(.from(text, 0), layer[1])
      graph.nodes[last].inputs = graph.nodes[last].inputs.map { name, input in
        ["seed", "cfg", "model", "latent_image"].contains(name) ? (name, layer[1]) : (name, input)
      }
      graph.save()
      graph.add("SaveImage", ["images": layer[0], "filename_prefix": layer[1]])
      return ComfyGraph(prompt: graph.promptValue())
    }

    static let all = [
      Lattice(kind: "ComfySwitchNode", names: ["switch", "on_true", "on_false"]),
      Lattice(kind: "ImpactSwitch", names: ["select", "input1", "input2", "input3"]),
      Lattice(kind: "CR Img2Img Process Switch", names: ["Input", "txt2img", "img2img"]),
      Lattice(kind: "Any Switch (rgthree)", names: ["any_01", "any_02"]),
      Lattice(kind: "Context Switch (rgthree)", names: ["ctx_01", "ctx_02"], slot: 4),
      Lattice(kind: "Context Merge (rgthree)", names: ["ctx_01", "ctx_02"], slot: 4),
      Lattice(kind: "Context (rgthree)", names: ["base_ctx", "positive", "model"], slot: 8),
      // A word would double in each layer; there is a limit of its own for that.
      Lattice(kind: "StringConcatenate", names: ["string_a", "string_b", "delimiter"], word: ""),
      Lattice(kind: "ConditioningCombine", names: ["conditioning_1", "conditioning_2"]),
      Lattice(kind: "ModelMergeSimple", names: ["model1", "model2"]),
      Lattice(kind: "ImageBlend", names: ["image1", "image2"]),
      Lattice(kind: "FaceDetailer", names: ["image", "model", "positive", "negative"]),
      Lattice(kind: "Mystery", names: (0..<8).map { "input_\($0)" }),
      Lattice(kind: "Mystery Image", names: (0..<8).map { "image_\($0)" }),
      Lattice(kind: "Mystery Sampler", names: ["positive", "negative", "latent_image", "pipe"]),
    ]
  }

  @Test("the steps are in proportion to the size of the graph", arguments: Lattice.all)
  private func steps(lattice: Lattice) throws {
    let counts = try [15, 30].map { layers in
      let graph = try #require(lattice.graph(layers: layers))
      let walk = ComfyWalk(graph: graph, limits: ComfyLimits(mostSteps: 1_000_000))
      var record = ForeignRecord(tool: "comfyui", raw: "")
      record.take(walk, fileName: "x_0001.png")
      return walk.limits.steps
    }
    #expect(counts[1] <= counts[0] * 5 / 2, "\(counts)")
    let graph = try #require(lattice.graph(layers: 30))
    #expect(counts[1] < 10_000 + 50 * graph.nodes.count, "far below the limit: \(counts)")
  }

  @Test("a search that reaches a limit leaves its value unknown", arguments: ComfyGraphCase.all)
  func limits(wanted: ComfyGraphCase) throws {
    let graph = try #require(ComfyGraph(prompt: wanted.graph().promptValue()))
    func taken(_ most: Int) -> (record: ForeignRecord, steps: Int) {
      let walk = ComfyWalk(graph: graph, limits: ComfyLimits(mostSteps: most))
      var record = ForeignRecord(tool: "comfyui", raw: "")
      record.take(walk, fileName: nil)
      return (record, walk.limits.steps)
    }
    let (whole, steps) = taken(.max)
    for most in stride(from: 0, through: steps, by: max(1, steps / 60)) {
      let part = taken(most).record
      #expect(part.prompt == whole.prompt || part.prompt.isEmpty, "\(most) steps")
      #expect(part.seed == whole.seed || part.seed == nil, "\(most) steps")
      #expect(part.model == whole.model || part.model == nil, "\(most) steps")
      #expect(part.guidanceScale == whole.guidanceScale || part.guidanceScale == nil)
      #expect(part.settings.allSatisfy { whole.settings[$0.key] == $0.value }, "\(most) steps")
    }
    #expect(taken(steps).record == whole)
  }

  @Test("a text that every node repeats is not stored for each of them")
  func repeatedText() throws {
    var graph = ComfyGraphBuilder.started()
    let long = String(repeating: "a", count: 200_000)
    let text = graph.add("PrimitiveString", ["value": .value(.string(long))])
    var sides: [ComfyGraphBuilder.Input] = []
    for number in 0..<400 {
      let joined = graph.add(
        "StringConcatenate",
        [
          "string_a": .from(text, 0), "string_b": .value(.string("\(number)")), "delimiter": "",
        ])
      sides.append(.from(graph.add("CLIPTextEncode", ["text": .from(joined, 0)]), 0))
    }
    let combined = graph.add("Mystery combine")
    graph.nodes[combined].inputs = sides.enumerated().map { ("conditioning_\($0)", $1) }
    graph.sample(.from(combined, 0), graph.text("fog"), seed: 41)
    graph.save()
    let record = try record(graph.prompt())
    #expect(record.prompt.isEmpty && record.seed == 41)
  }

  @Test("subgraphs within each other do not multiply without a limit")
  func multipliedSubgraphs() throws {
    let definitions = (0..<12).map { number in
      JSONValue.object([
        "id": .string("s\(number)"), "links": .array([]),
        "nodes": .array(
          (0..<4).map { .object(["id": .integer($0), "type": .string("s\(number + 1)")]) }),
      ])
    }
    let workflow = JSONValue.object([
      "nodes": .array([.object(["id": .integer(1), "type": .string("s0")])]), "links": .array([]),
      "definitions": .object(["subgraphs": .array(definitions)]),
    ])
    #expect(ComfyWorkflow.graph(workflow) == nil)
  }

  @Test("inputs of every wrong type are handled")
  func wrongShapes() throws {
    let record = try record(
      """
      {"1": {"class_type": "KSampler", "inputs": {"seed": [], "steps": ["9", 0, 1], "cfg": ["1", -1],
         "positive": ["nowhere", 0], "negative": [1.5, 0], "latent_image": ["1", 99999999999999],
         "model": {"a": 1}, "denoise": null}},
       "2": {"class_type": 7, "inputs": {}}, "3": "text", "4": {"class_type": "VAEDecode"},
       "5": {"class_type": "SaveImage", "inputs": {"images": ["4", 0]}}}
      """)
    #expect(record.prompt.isEmpty && record.seed == nil && record.model == nil)
  }
}
