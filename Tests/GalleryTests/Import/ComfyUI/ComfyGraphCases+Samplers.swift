@testable import SeedbankGallery

extension ComfyGraphCase {
  private static func custom(
    _ graph: inout ComfyGraphBuilder, guider: Int, noise: Int? = nil, latent: Int = 1,
    denoise: Double = 1
  ) {
    let noise = noise ?? graph.add("RandomNoise", ["noise_seed": 41])
    let sampler = graph.add("KSamplerSelect", ["sampler_name": "euler"])
    let sigmas = graph.add(
      "BasicScheduler",
      [
        "scheduler": "simple", "steps": 20, "denoise": .value(.number(denoise)),
        "model": .from(0, 0),
      ])
    graph.add(
      "SamplerCustomAdvanced",
      [
        "noise": .from(noise, 0), "guider": .from(guider, 0), "sampler": .from(sampler, 0),
        "sigmas": .from(sigmas, 0), "latent_image": .from(latent, 0),
      ])
  }

  /// Returns a case with two advanced samplers in a row, of which the first adds the noise.
  private static func refined(_ first: ComfyGraphBuilder.Input, _ second: ComfyGraphBuilder.Input)
    -> ComfyGraphBuilder
  {
    var graph = ComfyGraphBuilder.started()
    let refiner = graph.add("CheckpointLoaderSimple", ["ckpt_name": "refiner.safetensors"])
    let (positive, negative) = (graph.text("a mill"), graph.text("fog"))
    let base = graph.add(
      "KSamplerAdvanced",
      [
        "add_noise": first, "noise_seed": 41, "steps": 25, "cfg": 6.5, "model": .from(0, 0),
        "positive": positive, "negative": negative, "latent_image": .from(1, 0),
      ])
    graph.add(
      "KSamplerAdvanced",
      [
        "add_noise": second, "noise_seed": 0, "steps": 25, "cfg": 8.0,
        "model": .from(refiner, 0), "positive": positive, "negative": negative,
        "latent_image": .from(base, 0),
      ])
    graph.save()
    return graph
  }

  static let samplers: [ComfyGraphCase] = [
    ComfyGraphCase(
      name: "a basic guider has no negative",
      graph: {
        var graph = ComfyGraphBuilder.started()
        let guider = graph.add(
          "BasicGuider", ["model": .from(0, 0), "conditioning": graph.text("a kettle")])
        custom(&graph, guider: guider)
        graph.save()
        return graph
      }, prompt: "a kettle", negative: nil, seed: 41, guidance: nil),
    ComfyGraphCase(
      name: "a guider with both sides and a scale",
      graph: {
        var graph = ComfyGraphBuilder.started()
        let guider = graph.add(
          "CFGGuider",
          [
            "model": .from(0, 0), "positive": graph.text("a kettle"),
            "negative": graph.text("steam"), "cfg": 6.5,
          ])
        custom(&graph, guider: guider)
        graph.save()
        return graph
      }, prompt: "a kettle", negative: "steam", seed: 41),
    ComfyGraphCase(
      name: "a dual guider has two positives",
      graph: {
        var graph = ComfyGraphBuilder.started()
        let guider = graph.add(
          "DualCFGGuider",
          [
            "model": .from(0, 0), "cond1": graph.text("a kettle"), "cond2": graph.text("a stove"),
            "negative": graph.text("steam"), "cfg_conds": 6.5, "cfg_cond2_negative": 2.0,
          ])
        custom(&graph, guider: guider)
        graph.save()
        return graph
      }, prompt: "a kettle\na stove", negative: "steam", seed: 41),
    ComfyGraphCase(
      name: "a perpendicular guider leaves its empty conditioning out",
      graph: {
        var graph = ComfyGraphBuilder.started()
        let guider = graph.add(
          "PerpNegGuider",
          [
            "model": .from(0, 0), "positive": graph.text("a kettle"),
            "negative": graph.text("steam"), "empty_conditioning": graph.text("nothing"),
            "cfg": 6.5, "neg_scale": 1.0,
          ])
        custom(&graph, guider: guider)
        graph.save()
        return graph
      }, prompt: "a kettle", negative: "steam", seed: 41),
    ComfyGraphCase(
      name: "a guider behind a switch",
      graph: {
        var graph = ComfyGraphBuilder.started()
        let basic = graph.add(
          "BasicGuider", ["model": .from(0, 0), "conditioning": graph.text("a kettle")])
        let full = graph.add(
          "CFGGuider",
          [
            "model": .from(0, 0), "positive": graph.text("no"), "negative": graph.text("no"),
            "cfg": 3.0,
          ])
        let guider = graph.add(
          "ComfySwitchNode",
          ["switch": true, "on_true": .from(basic, 0), "on_false": .from(full, 0)])
        custom(&graph, guider: guider)
        graph.save()
        return graph
      }, prompt: "a kettle", negative: nil, seed: 41, guidance: nil),
    ComfyGraphCase(
      name: "a custom sampler with its own scale and seed",
      graph: {
        var graph = ComfyGraphBuilder.started()
        graph.add(
          "SamplerCustom",
          [
            "add_noise": true, "noise_seed": 41, "cfg": 6.5, "model": .from(0, 0),
            "positive": graph.text("a mill"), "negative": graph.text("fog"),
            "latent_image": .from(1, 0),
          ])
        graph.save()
        return graph
      }, prompt: "a mill", negative: "fog", seed: 41),
    ComfyGraphCase(
      name: "base and refiner: the sampler that adds the noise counts",
      graph: { refined("enable", "disable") }, prompt: "a mill", negative: "fog", seed: 41),
    ComfyGraphCase(
      name: "base and refiner that both add noise: the last one counts",
      graph: { refined("enable", "enable") }, prompt: "a mill", negative: "fog", seed: 0,
      model: "refiner.safetensors", guidance: 8),
    ComfyGraphCase(
      name: "a sampler without noise that continues another's work",
      graph: {
        var graph = ComfyGraphBuilder.started()
        let first = graph.sample(graph.text("a mill"), graph.text("fog"), seed: 41)
        let guider = graph.add(
          "BasicGuider", ["model": .from(0, 0), "conditioning": graph.text("again")])
        custom(&graph, guider: guider, noise: graph.add("DisableNoise"), latent: first)
        graph.save()
        return graph
      }, prompt: "a mill", negative: "fog", seed: 41),
    ComfyGraphCase(
      name: "a second pass over the enlarged image leaves everything to the first",
      graph: {
        var graph = ComfyGraphBuilder.started()
        let (positive, negative) = (graph.text("a mill"), graph.text("fog"))
        let first = graph.sample(positive, negative, seed: 41)
        let image = graph.add("VAEDecode", ["samples": .from(first, 0)])
        let large = graph.add(
          "ImageScale", ["image": .from(image, 0), "width": 1664, "height": 2432])
        let latent = graph.add("VAEEncode", ["pixels": .from(large, 0)])
        graph.add(
          "KSampler",
          [
            "seed": 9, "steps": 10, "cfg": 4.0, "denoise": 0.3, "model": .from(0, 0),
            "positive": positive, "negative": negative, "latent_image": .from(latent, 0),
          ])
        graph.save()
        return graph
      }, prompt: "a mill", negative: "fog", seed: 41),
    ComfyGraphCase(
      name: "a second pass of a custom sampler, over the enlarged latent image",
      graph: {
        var graph = ComfyGraphBuilder.started()
        let guider = graph.add(
          "CFGGuider",
          [
            "model": .from(0, 0), "positive": graph.text("a mill"), "negative": graph.text("fog"),
            "cfg": 6.5,
          ])
        custom(&graph, guider: guider)
        let large = graph.add(
          "LatentUpscaleBy", ["samples": .from(graph.nodes.count - 1, 0), "scale_by": 1.5])
        let noise = graph.add("RandomNoise", ["noise_seed": 9])
        custom(&graph, guider: guider, noise: noise, latent: large, denoise: 0.35)
        graph.save()
        return graph
      }, prompt: "a mill", negative: "fog", seed: 41),
    ComfyGraphCase(
      name: "a sampler that repaints a loaded image counts itself",
      graph: {
        var graph = ComfyGraphBuilder.started()
        let image = graph.add("LoadImage", ["image": "old.png"])
        let latent = graph.add("VAEEncode", ["pixels": .from(image, 0)])
        graph.add(
          "KSampler",
          [
            "seed": 41, "steps": 10, "cfg": 6.5, "denoise": 0.8, "model": .from(0, 0),
            "positive": graph.text("a mill"), "negative": graph.text("fog"),
            "latent_image": .from(latent, 0),
          ])
        graph.save()
        return graph
      }, prompt: "a mill", negative: "fog", seed: 41),
    ComfyGraphCase(
      name: "XLabs' sampler",
      graph: {
        var graph = ComfyGraphBuilder.started()
        graph.add(
          "XlabsSampler",
          [
            "noise_seed": 41, "steps": 25, "timestep_to_start_cfg": 1, "true_gs": 6.5,
            "denoise_strength": 1.0, "model": .from(0, 0), "conditioning": graph.text("a sign"),
            "neg_conditioning": graph.text("blots"), "latent_image": .from(1, 0),
          ])
        graph.save()
        return graph
      }, prompt: "a sign", negative: "blots", seed: 41),
    ComfyGraphCase(
      name: "Inspire's sampler",
      graph: {
        var graph = ComfyGraphBuilder.started()
        graph.add(
          "KSampler //Inspire",
          [
            "seed": 41, "cfg": 6.5, "model": .from(0, 0), "positive": graph.text("a mill"),
            "negative": graph.text("fog"), "latent_image": .from(1, 0), "noise_mode": "GPU(=A1111)",
          ])
        graph.save()
        return graph
      }, prompt: "a mill", negative: "fog", seed: 41),
    ComfyGraphCase(
      name: "an upscaler that paints anew leaves the seed to the sampler",
      graph: {
        var graph = ComfyGraphBuilder.started()
        let made = graph.sample(graph.text("a mill"), graph.text("fog"), seed: 41)
        let image = graph.add("VAEDecode", ["samples": .from(made, 0)])
        let node = graph.add(
          "UltimateSDUpscale",
          [
            "image": .from(image, 0), "model": .from(0, 0), "positive": graph.text("detailed"),
            "negative": graph.text("soft"), "upscale_by": 2.0, "seed": 9, "cfg": 4.0,
          ])
        graph.add("SaveImage", ["images": .from(node, 0), "filename_prefix": "x"])
        return graph
      }, prompt: "a mill", negative: "fog", seed: 41),
    ComfyGraphCase(
      name: "an upscaler of a loaded image counts itself",
      graph: {
        var graph = ComfyGraphBuilder.started()
        let image = graph.add("LoadImage", ["image": "old.png"])
        let node = graph.add(
          "UltimateSDUpscale",
          [
            "image": .from(image, 0), "model": .from(0, 0), "positive": graph.text("detailed"),
            "negative": graph.text("soft"), "upscale_by": 2.0, "seed": 9, "cfg": 6.5,
          ])
        graph.add("SaveImage", ["images": .from(node, 0), "filename_prefix": "x"])
        return graph
      }, prompt: "detailed", negative: "soft", seed: 9),
    ComfyGraphCase(
      name: "a face detailer does not take over",
      graph: {
        var graph = ComfyGraphBuilder.started()
        let made = graph.sample(graph.text("a mill"), graph.text("fog"), seed: 41)
        let image = graph.add("VAEDecode", ["samples": .from(made, 0)])
        let node = graph.add(
          "FaceDetailer",
          [
            "image": .from(image, 0), "model": .from(0, 0), "positive": graph.text("a face"),
            "negative": graph.text("blur"), "seed": 9, "cfg": 4.0, "wildcard": "",
          ])
        graph.add("SaveImage", ["images": .from(node, 0), "filename_prefix": "x"])
        return graph
      }, prompt: "a mill", negative: "fog", seed: 41),
    ComfyGraphCase(
      name: "a saved image outranks a preview",
      graph: {
        var graph = ComfyGraphBuilder.started()
        let draft = graph.sample(graph.text("a draft"), graph.text("sun"), seed: 1)
        let shown = graph.add("VAEDecode", ["samples": .from(draft, 0)])
        graph.add("PreviewImage", ["images": .from(shown, 0)])
        graph.sample(graph.text("a mill"), graph.text("fog"), seed: 41)
        graph.save()
        return graph
      }, prompt: "a mill", negative: "fog", seed: 41),
    ComfyGraphCase(
      name: "a preview is better than nothing",
      graph: {
        var graph = ComfyGraphBuilder.started()
        let draft = graph.sample(graph.text("a draft"), graph.text("sun"), seed: 1)
        let shown = graph.add("VAEDecode", ["samples": .from(draft, 0)])
        graph.add("PreviewImage", ["images": .from(shown, 0)])
        return graph
      }, prompt: "a draft", negative: "sun", seed: 1),
    ComfyGraphCase(
      name: "an image that was loaded and saved has no prompt",
      graph: {
        var graph = ComfyGraphBuilder.started()
        graph.sample(graph.text("not this"), graph.text("fog"), seed: 41)
        let image = graph.add("LoadImage", ["image": "old.png"])
        graph.add("SaveImage", ["images": .from(image, 0), "filename_prefix": "x"])
        return graph
      }, prompt: "", negative: nil, seed: nil, model: nil, guidance: nil),
    ComfyGraphCase(
      name: "an unknown node between image and saver is passed by its only image",
      graph: {
        var graph = ComfyGraphBuilder.started()
        let made = graph.sample(graph.text("a mill"), graph.text("fog"), seed: 41)
        let image = graph.add("VAEDecode", ["samples": .from(made, 0)])
        let node = graph.add("Mystery Filter", ["image": .from(image, 0), "seed": 3, "cfg": 1.0])
        graph.add("SaveImage", ["images": .from(node, 0), "filename_prefix": "x"])
        return graph
      }, prompt: "a mill", negative: "fog", seed: 41),
    ComfyGraphCase(
      name: "a seed that is computed stays unknown",
      graph: {
        var graph = ComfyGraphBuilder.started()
        let sum = graph.add("easy mathInt", ["a": 40, "b": 1, "operation": "add"])
        graph.add(
          "KSampler",
          [
            "seed": .from(sum, 0), "cfg": 6.5, "model": .from(0, 0),
            "positive": graph.text("a mill"),
            "negative": graph.text("fog"), "latent_image": .from(1, 0),
          ])
        graph.save()
        return graph
      }, prompt: "a mill", negative: "fog", seed: nil),
    ComfyGraphCase(
      name: "merged models have both names",
      graph: {
        var graph = ComfyGraphBuilder.started()
        let other = graph.add("CheckpointLoaderSimple", ["ckpt_name": "other.safetensors"])
        let merged = graph.add(
          "ModelMergeSimple", ["model1": .from(0, 0), "model2": .from(other, 0), "ratio": 0.5])
        graph.add(
          "KSampler",
          [
            "seed": 41, "cfg": 6.5, "model": .from(merged, 0), "positive": graph.text("a mill"),
            "negative": graph.text("fog"), "latent_image": .from(1, 0),
          ])
        graph.save()
        return graph
      }, prompt: "a mill", negative: "fog", seed: 41,
      model: "base.safetensors + other.safetensors"),
    service(
      "Seedream's node", "ByteDanceSeedreamNode", guidance: nil,
      [
        "model": "seedream-4-0-250828", "prompt": "a greenhouse", "size_preset": "2048x2048 (1:1)",
        "width": 1024, "height": 1024, "seed": 41, "watermark": false,
      ]),
    service(
      "Seedream's newer node", "ByteDanceSeedreamNodeV2", guidance: nil,
      [
        "prompt": "a greenhouse", "model": "seedream-4-0-250828", "model.size_preset": "Custom",
        "model.width": 2048, "model.height": 2048, "seed": 41,
      ]),
    service(
      "Seedream's newest node", "ByteDanceSeedreamNodeV3", guidance: nil,
      [
        "prompt": "a greenhouse", "model": "seedream-4-0-250828",
        "model.size_preset": "(2K) 2048x2048 (1:1)", "model.seed": 41,
      ]),
    service(
      "Seedream's text to image node", "ByteDanceImageNode", guidance: 2.5,
      [
        "model": "seedream-4-0-250828", "prompt": "a greenhouse", "size_preset": "2048x2048 (1:1)",
        "seed": 41, "guidance_scale": 2.5,
      ]),
    service(
      "Seedream's edit node", "ByteDanceImageEditNode", guidance: 5.5,
      [
        "model": "seedream-4-0-250828", "prompt": "a greenhouse", "seed": 41, "guidance_scale": 5.5,
      ]),
  ]

  private static func service(
    _ name: String, _ kind: String, guidance: Double?,
    _ inputs: KeyValuePairs<String, ComfyGraphBuilder.Input>
  ) -> ComfyGraphCase {
    ComfyGraphCase(
      name: name,
      graph: {
        var graph = ComfyGraphBuilder()
        graph.add(kind, inputs)
        graph.add("SaveImage", ["images": .from(0, 0), "filename_prefix": "x"])
        return graph
      }, prompt: "a greenhouse", negative: nil, seed: 41, model: "seedream-4-0-250828",
      guidance: guidance)
  }

  static let all = conditioning + texts + switches + pipes + samplers + packs + services
}
