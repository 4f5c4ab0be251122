import Testing

@testable import SeedbankGallery

@Suite("ComfyUI's editor graphs")
struct ComfyWorkflowTests {
  private func record(_ workflow: JSONValue) throws -> ForeignRecord {
    try #require(ForeignRecord.read(ImageTexts(chunks: ["workflow": workflow.text])))
  }

  private func record(_ workflow: String) throws -> ForeignRecord {
    try record(try #require(JSONValue(parsing: workflow)))
  }

  private func graph(_ positive: (inout ComfyGraphBuilder) -> ComfyGraphBuilder.Input)
    -> ComfyGraphBuilder
  {
    var graph = ComfyGraphBuilder.started()
    let side = positive(&graph)
    graph.sample(side, graph.text("fog"), seed: 41)
    graph.save()
    return graph
  }

  @Test("widgets of older files are named by the order that the class has")
  func widgetOrder() throws {
    let graph = graph { $0.text("a mill") }
    let record = try record(graph.workflow(listsWidgets: false))
    #expect(record.prompt == "a mill" && record.seed == 41 && record.guidanceScale == 6.5)
    #expect(record.settings["steps"] == .integer(20))
    #expect(record.settings["sampler"] == .string("euler"))
    #expect(record.settings["size"] == .string("832x1216"))
    #expect(record.model == "base.safetensors")
  }

  @Test("widgets of an unknown class that are not listed say nothing")
  func unknownWidgets() throws {
    let graph = graph { graph in
      .from(graph.add("Mystery", ["text": "a mill", "strength": 1.0]), 0)
    }
    #expect(try record(graph.workflow(listsWidgets: false)).prompt.isEmpty)
  }

  @Test("a muted branch is ignored")
  func muted() throws {
    var graph = graph { graph in
      let (sky, sea) = (graph.text("sky"), graph.text("sea"))
      return .from(
        graph.add("ConditioningCombine", ["conditioning_1": sky, "conditioning_2": sea]), 0)
    }
    let sea = try #require(
      graph.nodes.firstIndex {
        if case .value(.string("sea"))? = $0.inputs.first?.input { true } else { false }
      })
    graph.nodes[sea].mode = 2
    #expect(try record(graph.workflow()).prompt == "sky")
  }

  @Test("a bypassed node passes on inputs by type, not only by position")
  func bypassed() throws {
    var graph = graph { graph in
      let image = graph.add("LoadImage", ["image": "pose.png"])
      let node = graph.add(
        "ControlNetApply",
        ["image": .from(image, 0), "conditioning": graph.text("a mill"), "strength": 1.0])
      graph.nodes[node].mode = 4
      return .from(node, 0)
    }
    // The sampler's input determines the type of the output, although the node's first input is an
    // image.
    #expect(try record(graph.workflow()).prompt == "a mill")
    let sampler = try #require(graph.nodes.firstIndex { $0.kind == "KSampler" })
    graph.nodes[sampler].mode = 4
    #expect(try record(graph.workflow()).prompt.isEmpty, "without a sampler, nothing was made")
  }

  @Test("a named wire leads from the node that reads it to the node that sets it")
  func wires() throws {
    let graph = graph { graph in
      let read = graph.add("GetNode", ["name": "main"])
      let text = graph.text("a mill")
      graph.add("SetNode", ["conditioning": text, "name": "main"])
      return .from(read, 0)
    }
    #expect(try record(graph.workflow(listsWidgets: false)).prompt == "a mill")
  }

  @Test("a value for all unlinked inputs of its type reaches the sampler")
  func broadcasts() throws {
    let record = try record(
      """
      {"nodes": [
        {"id": 1, "type": "CheckpointLoaderSimple", "widgets_values": ["base"],
         "outputs": [{"type": "MODEL"}]},
        {"id": 2, "type": "CLIPTextEncode", "widgets_values": ["a mill"],
         "outputs": [{"type": "CONDITIONING"}]},
        {"id": 3, "type": "CLIPTextEncode", "widgets_values": ["fog"],
         "outputs": [{"type": "CONDITIONING"}]},
        {"id": 4, "type": "Anything Everywhere", "inputs": [{"name": "anything", "type": "*",
         "link": 1}]},
        {"id": 5, "type": "Prompts Everywhere", "inputs": [
          {"name": "+ve", "type": "*", "link": 2}, {"name": "-ve", "type": "*", "link": 3}]},
        {"id": 6, "type": "KSampler", "widgets_values": [41, "fixed", 20, 6.5, "euler", "normal", 1],
         "inputs": [{"name": "model", "type": "MODEL", "link": null},
          {"name": "positive", "type": "CONDITIONING", "link": null},
          {"name": "negative", "type": "CONDITIONING", "link": null},
          {"name": "latent_image", "type": "LATENT", "link": null}]}],
       "links": [[1, 1, 0, 4, 0, "MODEL"], [2, 2, 0, 5, 0, "CONDITIONING"],
        [3, 3, 0, 5, 1, "CONDITIONING"]]}
      """)
    #expect(record.prompt == "a mill" && record.settings["negative_prompt"] == .string("fog"))
    #expect(record.model == "base" && record.seed == 41)
  }

  /// Returns a workflow whose sampler is in a subgraph.
  ///
  /// `user` is JSON that is added to the node that uses the subgraph.
  private func subgraph(_ user: String, inputs: String, mode: Int = 0) -> String {
    """
    {"nodes": [
      {"id": 1, "type": "CLIPTextEncode", "widgets_values": ["a mill"]},
      {"id": 2, "type": "abcd-1", "mode": \(mode), "inputs": [
         {"name": "positive", "type": "CONDITIONING", "link": 1}\(inputs)],
       "outputs": [{"type": "IMAGE"}]\(user)},
      {"id": 3, "type": "SaveImage", "inputs": [{"name": "images", "type": "IMAGE", "link": 2}]}],
     "links": [[1, 1, 0, 2, 0, "CONDITIONING"], [2, 2, 0, 3, 0, "IMAGE"]],
     "definitions": {"subgraphs": [{"id": "abcd-1",
      "inputs": [{"name": "positive"}, {"name": "seed"}], "outputs": [{"name": "IMAGE"}],
      "nodes": [
       {"id": 5, "type": "KSampler", "widgets_values": [1, "fixed", 20, 6.5, "euler", "normal", 1],
        "inputs": [{"name": "positive", "link": 10}, {"name": "negative", "link": 11},
         {"name": "seed", "link": 12, "widget": {"name": "seed"}},
         {"name": "latent_image", "link": null}]},
       {"id": 6, "type": "CLIPTextEncode", "widgets_values": ["fog"]},
       {"id": 7, "type": "VAEDecode", "inputs": [{"name": "samples", "link": 13}]}],
      "links": [
       {"id": 10, "origin_id": -10, "origin_slot": 0, "target_id": 5, "target_slot": 0},
       {"id": 12, "origin_id": -10, "origin_slot": 1, "target_id": 5, "target_slot": 2},
       {"id": 11, "origin_id": 6, "origin_slot": 0, "target_id": 5, "target_slot": 1},
       {"id": 13, "origin_id": 5, "origin_slot": 0, "target_id": 7, "target_slot": 0},
       {"id": 14, "origin_id": 7, "origin_slot": 0, "target_id": -20, "target_slot": 0}]}]}}
    """
  }

  @Test("subgraphs are followed, with the values of the node that uses them")
  func subgraphs() throws {
    let listed = try record(
      subgraph(
        #", "widgets_values": [41]"#,
        inputs: #", {"name": "seed", "type": "INT", "link": null, "widget": {"name": "seed"}}"#))
    #expect(listed.prompt == "a mill" && listed.seed == 41)
    #expect(listed.settings["negative_prompt"] == .string("fog"))
    let promoted = try record(
      subgraph(
        """
        , "widgets_values": [41, "rain", 3.0],
        "properties": {"proxyWidgets": [["-1", "seed"], ["6", "text"], ["5", "cfg"]]}
        """, inputs: ""))
    #expect(promoted.seed == 41 && promoted.guidanceScale == 3)
    #expect(promoted.settings["negative_prompt"] == .string("rain"))
    let unset = try record(subgraph("", inputs: ""))
    #expect(unset.prompt == "a mill" && unset.seed == 1, "the inner value stands")
    #expect(try record(subgraph("", inputs: "", mode: 2)).prompt.isEmpty)
  }

  @Test("a subgraph that contains itself ends")
  func endlessSubgraph() throws {
    let text = subgraph("", inputs: "").replacing(
      "\"type\": \"VAEDecode\"", with: "\"type\": \"abcd-1\"")
    _ = try record(text)
    let many = text.replacing(
      #"{"id": 6, "type": "CLIPTextEncode", "widgets_values": ["fog"]},"#,
      with: (20..<60).map { #"{"id": \#($0), "type": "abcd-1"},"# }.joined())
    #expect(try record(many).raw.isEmpty == false)
  }

  @Test("group nodes are followed inside")
  func groupNodes() throws {
    let record = try record(
      """
      {"nodes": [
        {"id": 1, "type": "CheckpointLoaderSimple", "widgets_values": ["base"]},
        {"id": 2, "type": "workflow>make", "widgets_values": ["a mill", "fog", 41, "fixed", 20, 6.5,
          "euler", "normal", 1],
         "inputs": [{"name": "clip", "type": "CLIP", "link": 1},
          {"name": "CLIPTextEncode clip", "type": "CLIP", "link": 2},
          {"name": "model", "type": "MODEL", "link": 3},
          {"name": "latent_image", "type": "LATENT", "link": null}],
         "outputs": [{"type": "LATENT"}]},
        {"id": 3, "type": "VAEDecode", "inputs": [{"name": "samples", "type": "LATENT", "link": 4}]},
        {"id": 4, "type": "SaveImage", "inputs": [{"name": "images", "type": "IMAGE", "link": 5}]}],
       "links": [[1, 1, 1, 2, 0, "CLIP"], [2, 1, 1, 2, 1, "CLIP"], [3, 1, 0, 2, 2, "MODEL"],
        [4, 2, 0, 3, 0, "LATENT"], [5, 3, 0, 4, 0, "IMAGE"]],
       "extra": {"groupNodes": {"make": {"nodes": [
         {"type": "CLIPTextEncode", "widgets_values": ["old"],
          "inputs": [{"name": "clip", "type": "CLIP"}], "outputs": [{"type": "CONDITIONING"}]},
         {"type": "CLIPTextEncode", "widgets_values": ["older"],
          "inputs": [{"name": "clip", "type": "CLIP"}], "outputs": [{"type": "CONDITIONING"}]},
         {"type": "KSampler", "widgets_values": [1, "fixed", 20, 6.5, "euler", "normal", 1],
          "inputs": [{"name": "model", "type": "MODEL"}, {"name": "positive", "type": "CONDITIONING"},
           {"name": "negative", "type": "CONDITIONING"}, {"name": "latent_image", "type": "LATENT"}],
          "outputs": [{"type": "LATENT"}]}],
        "links": [[0, 0, 2, 1, 1, "CONDITIONING"], [1, 0, 2, 2, 1, "CONDITIONING"]],
        "external": []}}}}
      """)
    #expect(record.prompt == "a mill" && record.settings["negative_prompt"] == .string("fog"))
    #expect(record.seed == 41 && record.model == "base")
  }
}
