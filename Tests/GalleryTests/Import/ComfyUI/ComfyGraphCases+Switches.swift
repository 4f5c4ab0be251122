@testable import SeedbankGallery

extension ComfyGraphCase {
  static let switches: [ComfyGraphCase] = [
    sides("Comfyroll's switch", "night", "fog") { graph in
      let (noon, night) = (graph.text("noon"), graph.text("night"))
      let node = graph.add(
        "CR Conditioning Input Switch",
        ["Input": 2, "conditioning1": noon, "conditioning2": night])
      return (.from(node, 0), graph.text("fog"))
    },
    sides("Impact's switch with its number from another node", "night", "fog") { graph in
      let number = graph.add("ImpactInt", ["value": 2])
      let (noon, night) = (graph.text("noon"), graph.text("night"))
      let node = graph.add(
        "ImpactSwitch", ["select": .from(number, 0), "input1": noon, "input2": night])
      return (.from(node, 0), graph.text("fog"))
    },
    sides("Impact's conditional branch", "noon", "fog") { graph in
      let (noon, night) = (graph.text("noon"), graph.text("night"))
      let node = graph.add(
        "ImpactConditionalBranch", ["cond": true, "tt_value": noon, "ff_value": night])
      return (.from(node, 0), graph.text("fog"))
    },
    sides("a switch whose choice is not known says nothing", "", "fog") { graph in
      let choice = graph.add("Mystery", ["a": 1, "b": 2])
      let (noon, night) = (graph.text("noon"), graph.text("night"))
      let node = graph.add(
        "ComfySwitchNode", ["switch": .from(choice, 0), "on_true": noon, "on_false": night])
      return (.from(node, 0), graph.text("fog"))
    },
    sides("a core switch with one branch", "noon", "fog") { graph in
      let choice = graph.add("Mystery", ["a": 1, "b": 2])
      let node = graph.add(
        "ComfySwitchNode", ["switch": .from(choice, 0), "on_true": graph.text("noon")])
      return (.from(node, 0), graph.text("fog"))
    },
    sides("Easy-Use's index switch", "night", "fog") { graph in
      let (noon, night) = (graph.text("noon"), graph.text("night"))
      let node = graph.add(
        "easy conditioningIndexSwitch", ["index": 1, "cond0": noon, "cond1": night])
      return (.from(node, 0), graph.text("fog"))
    },
    sides("crystools' switch", "noon", "fog") { graph in
      let (noon, night) = (graph.text("noon"), graph.text("night"))
      let node = graph.add(
        "Switch conditioning [Crystools]", ["boolean": true, "on_true": noon, "on_false": night])
      return (.from(node, 0), graph.text("fog"))
    },
    sides("WAS's switch", "night", "fog") { graph in
      let (noon, night) = (graph.text("noon"), graph.text("night"))
      let node = graph.add(
        "Conditioning Input Switch",
        ["conditioning_a": noon, "conditioning_b": night, "boolean": false])
      return (.from(node, 0), graph.text("fog"))
    },
    sides("rgthree's any switch takes the first that brings something", "noon", "fog") { graph in
      let empty = graph.add("Context (rgthree)", ["model": .from(0, 0)])
      let (noon, night) = (graph.text("noon"), graph.text("night"))
      let node = graph.add(
        "Any Switch (rgthree)", ["any_03": night, "any_02": noon, "any_01": .from(empty, 4)])
      return (.from(node, 0), graph.text("fog"))
    },
    text("a switch of texts", "night") { graph in
      .from(
        graph.add("CR Text Input Switch", ["Input": 2, "text1": "noon", "text2": "night"]), 0)
    },
    ComfyGraphCase(
      name: "a switch of images: only the chosen sampler counts",
      graph: {
        var graph = ComfyGraphBuilder.started()
        let first = graph.sample(graph.text("noon"), graph.text("sun"), seed: 1)
        let second = graph.sample(graph.text("night"), graph.text("fog"), seed: 2)
        let (one, two) = (
          graph.add("VAEDecode", ["samples": .from(first, 0)]),
          graph.add("VAEDecode", ["samples": .from(second, 0)])
        )
        let node = graph.add(
          "CR Image Input Switch", ["Input": 2, "image1": .from(one, 0), "image2": .from(two, 0)])
        graph.add("SaveImage", ["images": .from(node, 0), "filename_prefix": "x"])
        return graph
      }, prompt: "night", negative: "fog", seed: 2),
  ]

  static let pipes: [ComfyGraphCase] = [
    ComfyGraphCase(
      name: "rgthree's contexts in a row, the last of which changes a side",
      graph: {
        var graph = ComfyGraphBuilder.started()
        let (noon, fog) = (graph.text("noon"), graph.text("fog"))
        let base = graph.add(
          "Context Big (rgthree)",
          [
            "model": .from(0, 0), "positive": noon, "negative": fog, "latent": .from(1, 0),
            "seed": .from(graph.add("Seed (rgthree)", ["seed": 41]), 0),
            "cfg": .from(graph.add("PrimitiveFloat", ["value": 6.5]), 0),
          ])
        let next = graph.add(
          "Context Big (rgthree)", ["base_ctx": .from(base, 0), "positive": graph.text("night")])
        let other = graph.add("Context (rgthree)", ["positive": graph.text("no")])
        let node = graph.add(
          "Context Switch Big (rgthree)", ["ctx_01": .from(next, 0), "ctx_02": .from(other, 0)])
        graph.add(
          "KSampler",
          [
            "model": .from(node, 1), "positive": .from(node, 4), "negative": .from(node, 5),
            "latent_image": .from(node, 6), "seed": .from(node, 8), "cfg": .from(node, 11),
          ])
        graph.save()
        return graph
      }, prompt: "night", negative: "fog", seed: 41),
    ComfyGraphCase(
      name: "rgthree's merged contexts: the later one wins",
      graph: {
        var graph = ComfyGraphBuilder.started()
        let first = graph.add(
          "Context (rgthree)",
          ["model": .from(0, 0), "positive": graph.text("noon"), "negative": graph.text("fog")])
        let second = graph.add("Context (rgthree)", ["positive": graph.text("night")])
        let node = graph.add(
          "Context Merge (rgthree)", ["ctx_01": .from(first, 0), "ctx_02": .from(second, 0)])
        graph.add(
          "KSampler",
          [
            "model": .from(node, 1), "positive": .from(node, 4), "negative": .from(node, 5),
            "latent_image": .from(1, 0), "seed": 41, "cfg": 6.5,
          ])
        graph.save()
        return graph
      }, prompt: "night", negative: "fog", seed: 41),
    ComfyGraphCase(
      name: "Impact's basic pipe, edited on the way",
      graph: {
        var graph = ComfyGraphBuilder.started()
        let pipe = graph.add(
          "ToBasicPipe",
          ["model": .from(0, 0), "positive": graph.text("noon"), "negative": graph.text("fog")])
        let edited = graph.add(
          "EditBasicPipe", ["basic_pipe": .from(pipe, 0), "positive": graph.text("night")])
        let parts = graph.add("FromBasicPipe", ["basic_pipe": .from(edited, 0)])
        graph.add(
          "KSampler",
          [
            "model": .from(parts, 0), "positive": .from(parts, 3), "negative": .from(parts, 4),
            "latent_image": .from(1, 0), "seed": 41, "cfg": 6.5,
          ])
        graph.save()
        return graph
      }, prompt: "night", negative: "fog", seed: 41),
    ComfyGraphCase(
      name: "Impact's sampler that takes the pipe",
      graph: {
        var graph = ComfyGraphBuilder.started()
        let pipe = graph.add(
          "ToBasicPipe",
          ["model": .from(0, 0), "positive": graph.text("noon"), "negative": graph.text("fog")])
        let node = graph.add(
          "ImpactKSamplerBasicPipe",
          ["basic_pipe": .from(pipe, 0), "seed": 41, "cfg": 6.5, "latent_image": .from(1, 0)])
        let decoded = graph.add("VAEDecode", ["samples": .from(node, 1)])
        graph.add("SaveImage", ["images": .from(decoded, 0), "filename_prefix": "x"])
        return graph
      }, prompt: "noon", negative: "fog", seed: 41),
    ComfyGraphCase(
      name: "Easy-Use: loader, settings, sampler that saves",
      graph: {
        var graph = ComfyGraphBuilder()
        let loader = graph.add(
          "easy fullLoader",
          [
            "ckpt_name": "base.safetensors", "positive": "a boat", "negative": "mud",
            "resolution": "512 x 512",
          ])
        let settings = graph.add(
          "easy preSampling",
          ["pipe": .from(loader, 0), "steps": 22, "cfg": 6.5, "sampler_name": "euler", "seed": 41])
        graph.add("easy kSampler", ["pipe": .from(settings, 0), "image_output": "Save"])
        return graph
      }, prompt: "a boat", negative: "mud", seed: 41),
    ComfyGraphCase(
      name: "Easy-Use: a pipe that is taken apart and put together again",
      graph: {
        var graph = ComfyGraphBuilder.started()
        let text = graph.add("easy positive", ["positive": "a boat"])
        let loader = graph.add(
          "easy comfyLoader",
          ["ckpt_name": "base.safetensors", "positive": .from(text, 0), "negative": "mud"])
        let parts = graph.add("easy pipeOut", ["pipe": .from(loader, 0)])
        let pipe = graph.add(
          "easy pipeIn",
          ["pipe": .from(parts, 0), "pos": .from(parts, 2), "neg": graph.text("fog")])
        let node = graph.add(
          "easy fullkSampler",
          ["pipe": .from(pipe, 0), "steps": 22, "cfg": 6.5, "image_output": "Preview", "seed": 41])
        graph.add("SaveImage", ["images": .from(node, 1), "filename_prefix": "x"])
        return graph
      }, prompt: "a boat", negative: "fog", seed: 41),
    ComfyGraphCase(
      name: "Easy-Use: an edited pipe that replaces the prompt",
      graph: {
        var graph = ComfyGraphBuilder()
        let loader = graph.add(
          "easy a1111Loader",
          ["ckpt_name": "base.safetensors", "positive": "a boat", "negative": "mud"])
        let edited = graph.add(
          "easy pipeEdit",
          [
            "pipe": .from(loader, 0), "optional_positive": "a raft", "optional_negative": "",
            "conditioning_mode": "replace",
          ])
        graph.add(
          "easy fullkSampler",
          ["pipe": .from(edited, 0), "cfg": 6.5, "image_output": "Save", "seed": 41])
        return graph
      }, prompt: "a raft", negative: "mud", seed: 41),
    ComfyGraphCase(
      name: "tinyterra's pipe",
      graph: {
        var graph = ComfyGraphBuilder()
        let loader = graph.add(
          "ttN pipeLoader_v2",
          ["ckpt_name": "base.safetensors", "positive": "a boat", "negative": "mud", "seed": 3])
        let node = graph.add(
          "ttN pipeKSampler_v2",
          ["pipe": .from(loader, 0), "cfg": 6.5, "seed": 41, "image_output": "Preview"])
        let parts = graph.add("ttN pipeOUT", ["pipe": .from(node, 0)])
        graph.add("SaveImage", ["images": .from(parts, 6), "filename_prefix": "x"])
        return graph
      }, prompt: "a boat", negative: "mud", seed: 41),
    ComfyGraphCase(
      name: "the Efficient loader and sampler",
      graph: {
        var graph = ComfyGraphBuilder()
        let text = graph.add("CR Prompt Text", ["prompt": "a boat"])
        let loader = graph.add(
          "Efficient Loader",
          ["ckpt_name": "base.safetensors", "positive": .from(text, 0), "negative": "mud"])
        let node = graph.add(
          "KSampler (Efficient)",
          [
            "seed": 41, "steps": 20, "cfg": 6.5, "model": .from(loader, 0),
            "positive": .from(loader, 1), "negative": .from(loader, 2),
            "latent_image": .from(loader, 3),
          ])
        graph.add("SaveImage", ["images": .from(node, 5), "filename_prefix": "x"])
        return graph
      }, prompt: "a boat", negative: "mud", seed: 41),
    ComfyGraphCase(
      name: "a second Efficient sampler behind the first",
      graph: {
        var graph = ComfyGraphBuilder()
        let loader = graph.add(
          "Efficient Loader",
          ["ckpt_name": "base.safetensors", "positive": "a boat", "negative": "mud"])
        let first = graph.add(
          "KSampler (Efficient)",
          [
            "seed": 40, "cfg": 6.5, "model": .from(loader, 0), "positive": .from(loader, 1),
            "negative": .from(loader, 2), "latent_image": .from(loader, 3),
          ])
        let second = graph.add(
          "KSampler Adv. (Efficient)",
          [
            "add_noise": "enable", "noise_seed": 41, "cfg": 6.5, "model": .from(first, 0),
            "positive": .from(first, 1), "negative": .from(first, 2),
            "latent_image": .from(first, 3),
          ])
        graph.add("SaveImage", ["images": .from(second, 5), "filename_prefix": "x"])
        return graph
      }, prompt: "a boat", negative: "mud", seed: 41),
    ComfyGraphCase(
      name: "the Efficient SDXL sampler with its tuple",
      graph: {
        var graph = ComfyGraphBuilder()
        let loader = graph.add(
          "Eff. Loader SDXL",
          [
            "base_ckpt_name": "base.safetensors", "refiner_ckpt_name": "refiner",
            "positive": "a boat",
            "negative": "mud",
          ])
        let node = graph.add(
          "KSampler SDXL (Eff.)",
          [
            "sdxl_tuple": .from(loader, 0), "noise_seed": 41, "cfg": 6.5,
            "latent_image": .from(loader, 1),
          ])
        graph.add("SaveImage", ["images": .from(node, 3), "filename_prefix": "x"])
        return graph
      }, prompt: "a boat", negative: "mud", seed: 41),
    ComfyGraphCase(
      name: "Comfyroll's module pipe",
      graph: {
        var graph = ComfyGraphBuilder.started()
        let pipe = graph.add(
          "CR Module Pipe Loader",
          [
            "model": .from(0, 0), "pos": graph.text("a boat"), "neg": graph.text("mud"),
            "latent": .from(1, 0), "seed": .from(graph.add("CR Seed", ["seed": 41]), 0),
          ])
        let parts = graph.add("CR Module Input", ["pipe": .from(pipe, 0)])
        graph.add(
          "KSampler",
          [
            "model": .from(parts, 1), "positive": .from(parts, 2), "negative": .from(parts, 3),
            "latent_image": .from(parts, 4), "seed": .from(parts, 9), "cfg": 6.5,
          ])
        graph.save()
        return graph
      }, prompt: "a boat", negative: "mud", seed: 41),
  ]
}
