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
    var random = SplitMix(seed: 3)
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
    var random = SplitMix(seed: 11)
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

  @Test("nested switches take time in proportion to their number")
  func layers() throws {
    var graph = ComfyGraphBuilder.started()
    var layer: [ComfyGraphBuilder.Input] = [graph.text("a mill"), graph.text("a quay")]
    for number in 0..<60 {
      let kind = ["Context Merge (rgthree)", "Any Switch (rgthree)", "Context (rgthree)"][
        number % 3]
      let names = [["ctx_01", "ctx_02"], ["any_01", "any_02"], ["base_ctx", "positive"]][number % 3]
      layer = (0..<2).map { _ in
        let node = graph.add(kind)
        graph.nodes[node].inputs = [(names[0], layer[0]), (names[1], layer[1])]
        return .from(node, number % 3 == 1 ? 0 : 4)
      }
    }
    graph.sample(layer[0], layer[1], seed: 41)
    graph.save()
    #expect(try record(graph.prompt()).seed == 41)
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
