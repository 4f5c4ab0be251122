import SeedbankModel
import Testing

@testable import SeedbankGallery

/// A graph and the values that must be read from it.
struct ComfyGraphCase: CustomTestStringConvertible, Sendable {
  let name: String
  let graph: @Sendable () -> ComfyGraphBuilder
  let prompt: String
  let negative: String?
  let seed: ImageSeed?
  var model: String? = "base.safetensors"
  var guidance: Double? = 6.5

  var testDescription: String { name }

  /// Returns a case whose graph ends in a sampler; `build` gives the sampler's positive and
  /// negative inputs.
  static func sides(
    _ name: String, _ prompt: String, _ negative: String?,
    _ build:
      @escaping @Sendable (inout ComfyGraphBuilder) -> (
        positive: ComfyGraphBuilder.Input, negative: ComfyGraphBuilder.Input
      )
  ) -> ComfyGraphCase {
    ComfyGraphCase(
      name: name,
      graph: {
        var graph = ComfyGraphBuilder.started()
        let sides = build(&graph)
        graph.sample(sides.positive, sides.negative)
        graph.save()
        return graph
      }, prompt: prompt, negative: negative, seed: 7)
  }

  /// Returns a case whose positive text comes from the output of a node.
  static func text(
    _ name: String, _ prompt: String,
    _ build: @escaping @Sendable (inout ComfyGraphBuilder) -> ComfyGraphBuilder.Input
  ) -> ComfyGraphCase {
    sides(name, prompt, "fog") { graph in
      let text = build(&graph)
      let encoder = graph.add("CLIPTextEncode", ["text": text, "clip": .from(0, 1)])
      return (.from(encoder, 0), graph.text("fog"))
    }
  }
}
