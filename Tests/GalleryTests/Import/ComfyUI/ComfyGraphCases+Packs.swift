@testable import SeedbankGallery

extension ComfyGraphCase {
  /// Graphs with nodes of the large packs, with the inputs and outputs that their sources declare.
  static let packs: [ComfyGraphCase] = was + kj + crystools + impact + inspire + efficiency

  private static let was: [ComfyGraphCase] = [
    sides("WAS's switch as it was at first, with a number", "noon", "fog") { graph in
      let choice = graph.add("Constant Number", ["number_type": "integer", "number": 1.0])
      let (noon, night) = (graph.text("noon"), graph.text("night"))
      let node = graph.add(
        "Conditioning Input Switch",
        ["conditioning_a": noon, "conditioning_b": night, "boolean_number": .from(choice, 0)])
      return (.from(node, 0), graph.text("fog"))
    },
    text("WAS's switch of texts with the number 0", "night") { graph in
      let choice = graph.add("Constant Number", ["number_type": "integer", "number": 0.0])
      let noon = graph.add("Text Multiline", ["text": "noon"])
      let night = graph.add("Text Multiline", ["text": "night"])
      return .from(
        graph.add(
          "Text Input Switch",
          [
            "text_a": .from(noon, 0), "text_b": .from(night, 0), "boolean_number": .from(choice, 0),
          ]), 0)
    },
    text("WAS's concatenation trims its parts if it is to, and leaves out empty ones", "a, b") {
      graph in
      let first = graph.add("Text Multiline", ["text": " a\n"])
      let second = graph.add("Text Multiline", ["text": "  "])
      let third = graph.add("Text Multiline", ["text": "b "])
      return .from(
        graph.add(
          "Text Concatenate",
          [
            "delimiter": ", ", "clean_whitespace": "true", "text_a": .from(first, 0),
            "text_b": .from(second, 0), "text_c": .from(third, 0),
          ]), 0)
    },
    text("WAS's concatenation keeps white space if it is to", "a ,b") { graph in
      let first = graph.add("Text Multiline", ["text": "a "])
      let second = graph.add("Text Multiline", ["text": "b"])
      return .from(
        graph.add(
          "Text Concatenate",
          [
            "delimiter": ",", "clean_whitespace": "false", "text_a": .from(first, 0),
            "text_b": .from(second, 0),
          ]), 0)
    },
    text("WAS's lines drop comments", "a pier,\nat #2") { graph in
      let text = graph.add("Text Multiline", ["text": "# first try\na pier,\n  #old\nat #2"])
      return .from(graph.add("Text Parse A1111 Embeddings", ["text": .from(text, 0)]), 0)
    },
    text("WAS's lines drop comments that end with CR LF", "a pier,\r\nat dusk") { graph in
      let text = graph.add("Text Multiline", ["text": "# first\r\na pier,\r\nat dusk"])
      return .from(graph.add("Text Parse A1111 Embeddings", ["text": .from(text, 0)]), 0)
    },
    text("a text that WAS replaced parts of stays empty", "") { graph in
      let text = graph.add("Text Multiline", ["text": "a red pier"])
      return .from(
        graph.add(
          "Text Find and Replace", ["text": .from(text, 0), "find": "red", "replace": "blue"]), 0)
    },
    sides("WAS's text to conditioning", "a pier", "fog") { graph in
      let text = graph.add("Text Multiline", ["text": "a pier"])
      let node = graph.add("Text to Conditioning", ["clip": .from(0, 1), "text": .from(text, 0)])
      return (.from(node, 0), graph.text("fog"))
    },
  ]

  private static let kj: [ComfyGraphCase] = [
    text("KJ's multiline string without its line feeds", "a pier,at dusk") {
      .from(
        $0.add(
          "StringConstantMultiline", ["string": "a pier,\nat dusk\n", "strip_newlines": true]), 0)
    },
    text("KJ's multiline string with its line feeds", "a pier,\nat dusk") {
      .from(
        $0.add("StringConstantMultiline", ["string": "a pier,\nat dusk", "strip_newlines": false]),
        0)
    },
    text("KJ's joined strings", "a pier at dusk") { graph in
      let first = graph.add("StringConstant", ["string": "a pier"])
      let second = graph.add("StringConstant", ["string": "at dusk"])
      return .from(
        graph.add(
          "JoinStrings",
          ["delimiter": " ", "string1": .from(first, 0), "string2": .from(second, 0)]), 0)
    },
    sides("KJ's masked pairs keep both sides apart", "noon\nnight", "fog\nrain") { graph in
      let (noon, night) = (graph.text("noon"), graph.text("night"))
      let (fog, rain) = (graph.text("fog"), graph.text("rain"))
      let node = graph.add(
        "ConditioningSetMaskAndCombine",
        [
          "positive_1": noon, "negative_1": fog, "positive_2": night, "negative_2": rain,
          "mask_1_strength": 1.0, "mask_2_strength": 1.0, "set_cond_area": "default",
        ])
      return (.from(node, 0), .from(node, 1))
    },
    sides("KJ's combination of several", "noon\nnight", "fog") { graph in
      let (noon, night) = (graph.text("noon"), graph.text("night"))
      let node = graph.add(
        "ConditioningMultiCombine",
        ["inputcount": 2, "operation": "combine", "conditioning_1": noon, "conditioning_2": night])
      return (.from(node, 0), graph.text("fog"))
    },
    sides("KJ's pass-through of both sides", "noon", "fog") { graph in
      let (noon, fog) = (graph.text("noon"), graph.text("fog"))
      let node = graph.add("CondPassThrough", ["positive": noon, "negative": fog])
      return (.from(node, 0), .from(node, 1))
    },
  ]

  private static let crystools: [ComfyGraphCase] = [
    text("crystools' strings in a list", "a pier, at dusk") {
      .from(
        $0.add(
          "List of strings [Crystools]",
          ["string_1": "a pier", "string_2": "", "string_3": "at dusk", "delimiter": ", "]), 0)
    },
    text("crystools' switch of strings", "night") { graph in
      let choice = graph.add("Primitive boolean [Crystools]", ["boolean": false])
      return .from(
        graph.add(
          "Switch string [Crystools]",
          ["on_true": "noon", "on_false": "night", "boolean": .from(choice, 0)]), 0)
    },
    sides("crystools' pipe carries values by number, the one put in last", "night", "fog") {
      graph in
      let (noon, night, fog) = (graph.text("noon"), graph.text("night"), graph.text("fog"))
      let first = graph.add("Pipe to/edit any [Crystools]", ["any_1": noon, "any_3": fog])
      let second = graph.add(
        "Pipe to/edit any [Crystools]", ["CPipeAny": .from(first, 0), "any_1": night])
      let end = graph.add("Pipe from any [Crystools]", ["CPipeAny": .from(second, 0)])
      return (.from(end, 1), .from(end, 3))
    },
  ]

  private static let impact: [ComfyGraphCase] = [
    sides("Impact's basic pipe, edited and unpacked", "night", "fog") { graph in
      let (noon, night, fog) = (graph.text("noon"), graph.text("night"), graph.text("fog"))
      let pipe = graph.add(
        "ToBasicPipe",
        ["model": .from(0, 0), "clip": .from(0, 1), "positive": noon, "negative": fog])
      let edited = graph.add("EditBasicPipe", ["basic_pipe": .from(pipe, 0), "positive": night])
      let end = graph.add("FromBasicPipe", ["basic_pipe": .from(edited, 0)])
      return (.from(end, 3), .from(end, 4))
    },
    sides("Impact's detailer pipe, unpacked with itself in front", "noon", "fog") { graph in
      let (noon, fog) = (graph.text("noon"), graph.text("fog"))
      let pipe = graph.add(
        "ToDetailerPipe",
        [
          "model": .from(0, 0), "clip": .from(0, 1), "positive": noon, "negative": fog,
          "wildcard": "",
        ])
      let end = graph.add("FromDetailerPipe_v2", ["detailer_pipe": .from(pipe, 0)])
      return (.from(end, 4), .from(end, 5))
    },
    sides("Impact's switch of any kind; its label is not a prompt", "night", "fog") { graph in
      let (noon, night) = (graph.text("noon"), graph.text("night"))
      let node = graph.add(
        "ImpactSwitch", ["select": 2, "sel_mode": true, "input1": noon, "input2": night])
      let label = graph.add("CLIPTextEncode", ["text": .from(node, 1), "clip": .from(0, 1)])
      let both = graph.add(
        "ImpactCombineConditionings",
        ["conditioning1": .from(node, 0), "conditioning2": .from(label, 0)])
      return (.from(both, 0), graph.text("fog"))
    },
    text("Impact's inverted switch hands its input on", "a pier") { graph in
      let text = graph.add("PrimitiveString", ["value": "a pier"])
      let node = graph.add(
        "ImpactInversedSwitch", ["select": 1, "sel_mode": true, "input": .from(text, 0)])
      return .from(node, 0)
    },
  ]

  private static let inspire: [ComfyGraphCase] = [
    sides("Inspire's zipped prompts keep both sides apart", "noon", "fog") { graph in
      let zip = graph.add("ZipPrompt //Inspire", ["positive": "noon", "negative": "fog"])
      let end = graph.add("UnzipPrompt //Inspire", ["zipped_prompt": .from(zip, 0)])
      let positive = graph.add("CLIPTextEncode", ["text": .from(end, 0), "clip": .from(0, 1)])
      let negative = graph.add("CLIPTextEncode", ["text": .from(end, 1), "clip": .from(0, 1)])
      return (.from(positive, 0), .from(negative, 0))
    },
    text("Inspire's prompt builder", "a pier") {
      .from(
        $0.add(
          "PromptBuilder //Inspire", ["category": "x", "preset": "#PRESET", "text": "a pier"]),
        0)
    },
    text("prompts that Inspire read from a file stay empty", "") {
      .from($0.add("LoadPromptsFromFile //Inspire", ["prompt_file": "prompts/a.txt"]), 0)
    },
    sides("Inspire's regions, joined with multipliers", "a pier\na boat\na gull", "fog") { graph in
      let pier = graph.add(
        "RegionalConditioningSimple //Inspire", ["clip": .from(0, 1), "prompt": "a pier"])
      let boat = graph.add(
        "RegionalConditioningColorMask //Inspire",
        ["clip": .from(0, 1), "mask_color": "#FF0000", "prompt": "a boat"])
      let gull = graph.add(
        "CLIPTextEncodeWithWeight //Inspire", ["text": "a gull", "clip": .from(0, 1)])
      let all = graph.add(
        "ConcatConditioningsWithMultiplier //Inspire",
        [
          "conditioning1": .from(pier, 0), "multiplier1": 1.0, "conditioning2": .from(boat, 0),
          "multiplier2": 0.5, "conditioning3": .from(gull, 0), "multiplier3": 0.5,
        ])
      let bare = graph.add("RemoveControlNet //Inspire", ["conditioning": .from(all, 0)])
      return (.from(bare, 0), graph.text("fog"))
    },
    ComfyGraphCase(
      name: "Inspire's basic pipe holds the replaced texts",
      graph: {
        var graph = ComfyGraphBuilder.started()
        let pipe = graph.add(
          "MakeBasicPipe //Inspire",
          [
            "ckpt_name": "other.safetensors", "ckpt_key_opt": "",
            "positive_wildcard_text": "a {pier|boat}", "negative_wildcard_text": "__weather__",
            "positive_populated_text": "a pier", "negative_populated_text": "fog", "seed": 3,
          ])
        graph.add(
          "KSamplerPipe //Inspire",
          ["seed": 41, "cfg": 6.5, "basic_pipe": .from(pipe, 0), "latent_image": .from(1, 0)])
        graph.save()
        return graph
      }, prompt: "a pier", negative: "fog", seed: 41, model: "other.safetensors"),
    ComfyGraphCase(
      name: "Impact's sampler of regions has its base sampler's prompts",
      graph: {
        var graph = ComfyGraphBuilder.started()
        let pipe = graph.add(
          "ToBasicPipe",
          [
            "model": .from(0, 0), "positive": graph.text("a pier"), "negative": graph.text("fog"),
          ])
        let base = graph.add(
          "KSamplerAdvancedProvider",
          [
            "cfg": 6.5, "sampler_name": "euler", "scheduler": "normal",
            "basic_pipe": .from(pipe, 0),
          ])
        graph.add(
          "RegionalSampler",
          [
            "seed": 41, "steps": 20, "samples": .from(1, 0), "base_sampler": .from(base, 0),
          ])
        graph.save()
        return graph
      }, prompt: "a pier", negative: "fog", seed: 41),
    ComfyGraphCase(
      name: "Impact's regions have prompts of their own",
      graph: {
        var graph = ComfyGraphBuilder.started()
        let negative = graph.text("fog")
        func provider(_ prompt: String) -> ComfyGraphBuilder.Input {
          let pipe = graph.add(
            "ToBasicPipe",
            ["model": .from(0, 0), "positive": graph.text(prompt), "negative": negative])
          return .from(
            graph.add(
              "KSamplerAdvancedProvider",
              [
                "cfg": 6.5, "sampler_name": "euler", "scheduler": "normal",
                "basic_pipe": .from(pipe, 0),
              ]), 0)
        }
        let mask = graph.add("Mystery Mask", ["value": 1])
        let regions = ["a boat", "a gull"].map { prompt -> ComfyGraphBuilder.Input in
          .from(
            graph.add(
              "RegionalPrompt",
              ["mask": .from(mask, 0), "advanced_sampler": provider(prompt)]), 0)
        }
        let all = graph.add(
          "CombineRegionalPrompts",
          ["regional_prompts1": regions[0], "regional_prompts2": regions[1]])
        graph.add(
          "RegionalSampler",
          [
            "seed": 41, "steps": 20, "samples": .from(1, 0), "base_sampler": provider("a pier"),
            "regional_prompts": .from(all, 0),
          ])
        graph.save()
        return graph
      }, prompt: "a pier\na boat\na gull", negative: "fog", seed: 41),
  ]

  private static let efficiency: [ComfyGraphCase] = [
    sides("Efficiency's loader holds both prompts", "noon", "fog") { graph in
      let loader = graph.add(
        "Efficient Loader",
        [
          "ckpt_name": "other.safetensors", "vae_name": "Baked VAE", "clip_skip": -1,
          "lora_name": "None", "positive": "noon", "negative": "fog", "empty_latent_width": 512,
          "empty_latent_height": 512, "batch_size": 1,
        ])
      return (.from(loader, 1), .from(loader, 2))
    }
  ]
}
