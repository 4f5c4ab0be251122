import CLibFuzzer
import Glibc

@testable import SeedbankGallery

/// Reads graphs of ComfyUI, as text and as nodes and links that the bytes select.
///
/// Reading a graph twice gives the same result, and no text is longer than the graph allows.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  if bytes.first == UInt8(ascii: "{") {
    let text = String(decoding: bytes, as: UTF8.self)
    check(ImageTexts(chunks: ["prompt": text]))
    check(ImageTexts(chunks: ["workflow": text]))
    check(ImageTexts(userComment: text))
  } else {
    var choices = GraphChoices(bytes[...])
    let (prompt, workflow) = choices.graphs()
    check(ImageTexts(chunks: ["prompt": prompt.text]))
    check(ImageTexts(chunks: ["workflow": workflow.text]))
  }
  return 0
}

func check(_ texts: ImageTexts) {
  let record = ComfyUIReader.read(texts)
  precondition(record == ComfyUIReader.read(texts), "a graph says the same twice")
  precondition((record?.prompt.utf8.count ?? 0) < 1 << 24, "a prompt stays within bounds")
}

/// Builds a graph from bytes: the class of a node, then its inputs with names and sources.
struct GraphChoices {
  private var bytes: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  private mutating func next() -> Int { Int(bytes.popFirst() ?? 0) }

  /// Returns the same nodes and links as the executed graph and as the editor's graph.
  mutating func graphs() -> (prompt: JSONValue, workflow: JSONValue) {
    var executed: [String: JSONValue] = [:]
    var drawn: [JSONValue] = []
    var links: [JSONValue] = []
    var id = 0
    while !bytes.isEmpty {
      let kind = JSONValue.string(Self.kinds[next() % Self.kinds.count])
      var inputs: [String: JSONValue] = [:]
      var listed: [JSONValue] = []
      for _ in 0..<next() % 8 {
        let name = Self.names[next() % Self.names.count]
        let choice = next()
        if choice < 200 {
          let source = choice % 40
          let slot = next() % 10
          inputs[name] = .array([.string("\(source)"), .integer(Int64(slot))])
          links.append(
            .array([links.count, source, slot, id, listed.count].map { .integer(Int64($0)) }))
          listed.append(.object(["name": .string(name), "link": .integer(Int64(links.count - 1))]))
        } else {
          inputs[name] =
            [.string("word\(choice)"), .integer(Int64(choice)), .bool(true)][choice % 3]
        }
      }
      executed["\(id)"] = .object(["class_type": kind, "inputs": .object(inputs)])
      drawn.append(
        .object([
          "id": .integer(Int64(id)), "type": kind, "mode": .integer(Int64(next() % 8)),
          "inputs": .array(listed), "outputs": .array([.object([:]), .object([:])]),
          "widgets_values": .array(inputs.values.filter { $0.elements == nil }),
        ]))
      id += 1
    }
    let subgraph = JSONValue.object([
      "id": .string("Mystery"), "nodes": .array(drawn), "links": .array(links),
    ])
    return (
      .object(executed),
      .object([
        "nodes": .array(drawn), "links": .array(links),
        "definitions": .object(["subgraphs": .array([subgraph])]),
      ])
    )
  }

  private static let kinds = [
    "KSampler", "KSamplerAdvanced", "SamplerCustomAdvanced", "CFGGuider", "DualCFGGuider",
    "BasicGuider", "VAEDecode", "SaveImage", "PreviewImage", "CLIPTextEncode", "ComfySwitchNode",
    "StringConcatenate", "JoinStringMulti", "TextGenerate", "PreviewAny", "ConditioningCombine",
    "ConditioningZeroOut", "ControlNetApplyAdvanced", "Context (rgthree)", "Any Switch (rgthree)",
    "Context Switch (rgthree)", "Context Merge (rgthree)", "easy fullLoader", "easy preSampling",
    "easy kSampler", "easy pipeOut", "easy pipeEdit", "ToBasicPipe", "FromBasicPipe",
    "EditBasicPipe", "ImpactSwitch", "CR Conditioning Input Switch", "FaceDetailer", "Reroute",
    "GetNode", "SetNode", "ByteDanceSeedreamNode", "Mystery", "LoraLoader", "ModelMergeSimple",
    "EmptyLatentImage", "CheckpointLoaderSimple", "Efficient Loader", "CR SDXL Prompt Mix Presets",
    "RegionalSampler", "RegionalSamplerAdvanced", "KSamplerAdvancedProvider", "RegionalPrompt",
    "CombineRegionalPrompts", "RegionalPromptSimple //Inspire", "ConditioningSetMask",
    "ConditioningSetMaskAndCombine", "RegionalConditioningSimple //Inspire",
  ]

  private static let names = [
    "model", "positive", "negative", "latent_image", "samples", "images", "image", "pipe",
    "basic_pipe", "base_ctx", "ctx_01", "ctx_02", "any_01", "any_02", "conditioning",
    "conditioning_1", "conditioning_2", "conditioning1", "text", "string_a", "string_b", "string_1",
    "delimiter", "source", "switch", "on_true", "on_false", "select", "Input", "input1", "seed",
    "noise_seed", "cfg", "guider", "noise", "sigmas", "sampler", "cond1", "cond2", "ckpt_name",
    "model1", "model2", "lora_stack", "lora_name", "prompt", "size_preset", "width", "height",
    "pos",
    "optional_positive", "conditioning_mode", "name", "preset", "prompt_positive", "style_positive",
    "base_sampler", "regional_prompts", "regional_prompts1", "regional_prompts2",
    "advanced_sampler", "positive_1", "positive_2", "wildcard_prompt",
  ]
}

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(LLVMFuzzerRunDriver(&count, &arguments, fuzz))
