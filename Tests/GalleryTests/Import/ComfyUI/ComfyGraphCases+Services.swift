@testable import SeedbankGallery

extension ComfyGraphCase {
  /// Nodes of services with the inputs that each of them has, and unknown nodes like them.
  static let services: [ComfyGraphCase] = [
    request(
      "Krea's node", "Krea2ImageNode", model: "Krea 2 Large",
      [
        "prompt": "a greenhouse", "model": "Krea 2 Large", "model.aspect_ratio": "1:1",
        "model.resolution": "1K", "model.creativity": "medium", "seed": 41,
      ]),
    request(
      "Kling's node for several images", "KlingOmniProImageNode", model: "kling-image-o1",
      [
        "model_name": "kling-image-o1", "prompt": "a greenhouse", "resolution": "1K",
        "aspect_ratio": "1:1", "series_amount": "disabled", "seed": 41,
      ]),
    request(
      "Google's node for Nano Banana 2", "GeminiNanoBanana2V2", model: "Nano Banana 2 Lite",
      [
        "prompt": "a greenhouse", "model": "Nano Banana 2 Lite", "model.aspect_ratio": "auto",
        "model.thinking_level": "HIGH", "seed": 41, "system_prompt": "You are an expert",
        "temperature": 1.0,
      ]),
    request(
      "Recraft's node of version 4 ignores its negative prompt", "RecraftV4TextToImageNode",
      model: "recraftv4",
      [
        "prompt": "a greenhouse", "negative_prompt": "fog", "model": "recraftv4",
        "model.size": "1024x1024", "n": 1, "seed": 41,
      ]),
    request(
      "Meta's node", "MetaMuseImageTextToImageApi", model: "muse-image-1.0",
      [
        "model": "muse-image-1.0", "model.prompt": "a greenhouse", "model.aspect_ratio": "auto",
        "model.seed": 41,
      ]),
    request(
      "Qwen's node", "QwenImageTextToImageApi", model: "qwen-image-3.0", negative: "fog",
      [
        "model": "qwen-image-3.0", "model.prompt": "a greenhouse", "model.negative_prompt": "fog",
        "n": 1, "seed": 41,
      ]),
    request(
      "Ideogram's node of version 4", "IdeogramV4", model: nil,
      ["prompt": "a greenhouse", "resolution": "Auto", "rendering_speed": "TURBO", "seed": 41]),
    edit(
      "Grok's edit", "GrokImageEditNode", image: "image", model: "grok-imagine-image",
      [
        "model": "grok-imagine-image", "prompt": "paint it red", "resolution": "1K",
        "number_of_images": 1, "seed": 5,
      ]),
    edit(
      "Grok's newer edit", "GrokImageEditNodeV2", image: "model.images.image_1",
      model: "grok-imagine-image",
      [
        "prompt": "paint it red", "model": "grok-imagine-image", "model.resolution": "1K",
        "seed": 5,
      ]),
    edit(
      "Reve's edit", "ReveImageEditNode", image: "image", model: "reve-edit@20250915",
      [
        "edit_instruction": "paint it red", "model": "reve-edit@20250915",
        "model.aspect_ratio": "auto", "upscale": "disabled", "remove_background": false, "seed": 5,
      ]),
    edit(
      "Reve's remix", "ReveImageRemixNode", image: "reference_images.image_0",
      model: "reve-remix@20250915",
      ["prompt": "paint it red", "model": "reve-remix@20250915", "seed": 5]),
    edit(
      "Recraft's inpainting", "RecraftImageInpaintingNode", image: "image", model: nil,
      ["prompt": "paint it red", "n": 1, "seed": 5]),
    edit(
      "Recraft's new background", "RecraftReplaceBackgroundNode", image: "image", model: nil,
      ["prompt": "paint it red", "n": 1, "seed": 5]),
    edit(
      "Bria's edit by a structured prompt", "BriaImageEditNode", image: "image", model: "FIBO",
      negative: "rust", guidance: 3,
      [
        "model": "FIBO", "prompt": "", "negative_prompt": "rust",
        "structured_prompt": "paint it red", "seed": 5, "guidance_scale": 3.0, "steps": 50,
      ]),
    edit(
      "an unknown edit of images by a prompt", "MysteryImageEditNode", image: "image",
      model: "painter-2", ["model": "painter-2", "prompt": "paint it red", "seed": 5]),
    request(
      "an unknown node that makes an image of its own prompt and seed", "Mystery Painter",
      model: "painter-2",
      ["prompt": "a greenhouse", "model": "painter-2", "width": 640, "height": 480, "seed": 41]),
    ComfyGraphCase(
      name: "an unknown node with an image, a prompt and a seed leaves the values to the sampler",
      graph: { edited("Mystery Enlarger", image: "image", ["prompt": "sharp", "seed": 5]) },
      prompt: "a cat", negative: "fog", seed: 77),
    ComfyGraphCase(
      name: "an unknown edit of images with a linked empty prompt leaves the values to the sampler",
      graph: {
        var graph = edited("MysteryImageEditNode", image: "image", ["seed": 5])
        let empty = graph.add("PrimitiveString", ["value": ""])
        let edit = graph.nodes.firstIndex { $0.kind == "MysteryImageEditNode" }
        if let edit { graph.nodes[edit].inputs.append((name: "prompt", input: .from(empty, 0))) }
        return graph
      }, prompt: "a cat", negative: "fog", seed: 77),
    ComfyGraphCase(
      name: "the prompt of an unknown node that writes a text is not that of the image",
      graph: {
        var graph = ComfyGraphBuilder()
        let text = graph.add("Mystery Writer", ["prompt": "Describe a cat", "seed": 5])
        let image = graph.add("Mystery Painter", ["text": .from(text, 0), "strength": 1.0])
        graph.add("SaveImage", ["images": .from(image, 0), "filename_prefix": "x"])
        return graph
      }, prompt: "", negative: nil, seed: nil, model: nil, guidance: nil),
  ]

  /// Returns a case whose graph is one node and the node that saves its image.
  private static func request(
    _ name: String, _ kind: String, model: String?, negative: String? = nil,
    _ inputs: KeyValuePairs<String, ComfyGraphBuilder.Input>
  ) -> ComfyGraphCase {
    ComfyGraphCase(
      name: name,
      graph: {
        var graph = ComfyGraphBuilder()
        graph.add(kind, inputs)
        graph.add("SaveImage", ["images": .from(0, 0), "filename_prefix": "x"])
        return graph
      }, prompt: "a greenhouse", negative: negative, seed: 41, model: model, guidance: nil)
  }

  /// Returns a case whose graph edits the image of a sampler.
  private static func edit(
    _ name: String, _ kind: String, image: String, model: String?, negative: String? = nil,
    guidance: Double? = nil, _ inputs: KeyValuePairs<String, ComfyGraphBuilder.Input>
  ) -> ComfyGraphCase {
    ComfyGraphCase(
      name: name, graph: { edited(kind, image: image, inputs) }, prompt: "paint it red",
      negative: negative, seed: 5, model: model, guidance: guidance)
  }

  /// Returns a graph in which a node edits the image of a sampler.
  private static func edited(
    _ kind: String, image: String, _ inputs: KeyValuePairs<String, ComfyGraphBuilder.Input>
  ) -> ComfyGraphBuilder {
    var graph = ComfyGraphBuilder.started()
    let made = graph.sample(graph.text("a cat"), graph.text("fog"), seed: 77)
    let decoded = graph.add("VAEDecode", ["samples": .from(made, 0)])
    let node = graph.add(kind, inputs)
    graph.nodes[node].inputs.append((name: image, input: .from(decoded, 0)))
    graph.add("SaveImage", ["images": .from(node, 0), "filename_prefix": "x"])
    return graph
  }
}
