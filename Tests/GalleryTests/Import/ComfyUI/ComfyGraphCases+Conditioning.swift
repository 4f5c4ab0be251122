@testable import SeedbankGallery

extension ComfyGraphCase {
  static let conditioning: [ComfyGraphCase] = [
    sides("the default graph", "a heron", "fog") { ($0.text("a heron"), $0.text("fog")) },
    sides("an emptied negative", "a heron", nil) { graph in
      let positive = graph.text("a heron")
      let zero = graph.add("ConditioningZeroOut", ["conditioning": positive])
      return (positive, .from(zero, 0))
    },
    sides("an empty negative", "a heron", nil) { ($0.text("a heron"), $0.text("")) },
    sides("combined conditioning, each text once", "sky\nsea", "fog") { graph in
      let (sky, sea) = (graph.text("sky"), graph.text("sea"))
      let first = graph.add(
        "ConditioningCombine", ["conditioning_1": sky, "conditioning_2": sea])
      let second = graph.add(
        "ConditioningCombine", ["conditioning_1": .from(first, 0), "conditioning_2": sky])
      return (.from(second, 0), graph.text("fog"))
    },
    sides("concatenated conditioning", "sky\nsea", "fog") { graph in
      let (sky, sea) = (graph.text("sky"), graph.text("sea"))
      let node = graph.add(
        "ConditioningConcat", ["conditioning_to": sky, "conditioning_from": sea])
      return (.from(node, 0), graph.text("fog"))
    },
    sides("averaged conditioning in its old spelling", "sky\nsea", "fog") { graph in
      let (sky, sea) = (graph.text("sky"), graph.text("sea"))
      let node = graph.add(
        "ConditioningAverage ",
        ["conditioning_to": sky, "conditioning_from": sea, "conditioning_to_strength": 0.5])
      return (.from(node, 0), graph.text("fog"))
    },
    sides("areas, timesteps and masks", "sky", "fog") { graph in
      let area = graph.add(
        "ConditioningSetArea", ["conditioning": graph.text("sky"), "width": 64, "height": 64])
      let time = graph.add(
        "ConditioningSetTimestepRange", ["conditioning": .from(area, 0), "start": 0.0, "end": 1.0])
      let mask = graph.add(
        "ConditioningSetMask", ["conditioning": .from(time, 0), "strength": 1.0])
      return (.from(mask, 0), graph.text("fog"))
    },
    sides("a ControlNet on both sides", "a pier", "fog") { graph in
      let (positive, negative) = (graph.text("a pier"), graph.text("fog"))
      let node = graph.add(
        "ControlNetApplyAdvanced", ["positive": positive, "negative": negative, "strength": 1.0])
      return (.from(node, 0), .from(node, 1))
    },
    sides("sides that are crossed on the way are followed by output", "a pier", "fog") { graph in
      let (positive, negative) = (graph.text("fog"), graph.text("a pier"))
      let node = graph.add(
        "ControlNetApplyAdvanced", ["positive": positive, "negative": negative, "strength": 1.0])
      return (.from(node, 1), .from(node, 0))
    },
    sides("an unknown node with both sides keeps them apart by name", "a pier", "fog") { graph in
      let (positive, negative) = (graph.text("a pier"), graph.text("fog"))
      let node = graph.add("Apply Mystery", ["positive": positive, "negative": negative])
      return (.from(node, 0), .from(node, 1))
    },
    sides("an unknown node with one conditioning hands it on", "a pier", "fog") { graph in
      let node = graph.add("Apply Mystery", ["conditioning": graph.text("a pier"), "text": "no"])
      return (.from(node, 0), graph.text("fog"))
    },
    sides("an unknown node with several conditionings says nothing", "", "fog") { graph in
      let node = graph.add(
        "Choose Mystery",
        ["conditioning_1": graph.text("a pier"), "conditioning_2": graph.text("a quay")])
      return (.from(node, 0), graph.text("fog"))
    },
    sides("an unknown node with words of its own says nothing", "", "fog") { graph in
      let node = graph.add("Mystery", ["prompt": "Describe a pier", "model": "talker", "seed": 5])
      return (.from(node, 0), graph.text("fog"))
    },
    sides("SDXL's encoder with two texts", "a pier\nink", "fog") { graph in
      let encoder = graph.add(
        "CLIPTextEncodeSDXL",
        [
          "width": 8, "height": 8, "crop_w": 0, "crop_h": 0, "target_width": 8, "target_height": 8,
          "text_g": "a pier", "text_l": "ink", "clip": .from(0, 1),
        ])
      return (.from(encoder, 0), graph.text("fog"))
    },
    sides("SD3's encoder with three texts, two of them the same", "a pier\nat dusk", "fog") {
      graph in
      let encoder = graph.add(
        "CLIPTextEncodeSD3",
        ["clip_l": "a pier", "clip_g": "a pier", "t5xxl": "at dusk", "empty_padding": "none"])
      return (.from(encoder, 0), graph.text("fog"))
    },
    sides("HiDream's encoder", "a pier\nlong", "fog") { graph in
      let encoder = graph.add(
        "CLIPTextEncodeHiDream",
        ["clip_l": "a pier", "clip_g": "a pier", "t5xxl": "long", "llama": "long"])
      return (.from(encoder, 0), graph.text("fog"))
    },
    sides("Lumina's encoder without its system prompt", "a pier", "fog") { graph in
      let encoder = graph.add(
        "CLIPTextEncodeLumina2",
        ["system_prompt": "superior", "user_prompt": "a pier", "clip": .from(0, 1)])
      return (.from(encoder, 0), graph.text("fog"))
    },
    sides("Qwen's encoder", "make it night", nil) { graph in
      let encoder = graph.add("TextEncodeQwenImageEditPlus", ["prompt": "make it night"])
      let empty = graph.add("TextEncodeQwenImageEditPlus", ["prompt": ""])
      return (.from(encoder, 0), .from(empty, 0))
    },
    sides("Wan's image to video node", "a wave", "still") { graph in
      let (positive, negative) = (graph.text("a wave"), graph.text("still"))
      let node = graph.add(
        "WanImageToVideo", ["positive": positive, "negative": negative, "width": 8, "height": 8])
      return (.from(node, 0), .from(node, 1))
    },
    sides("an encoder that is unknown but says that it is one", "a pier", "fog") { graph in
      let encoder = graph.add(
        "Mystery CLIPTextEncode", ["text": "a pier", "clip": .from(0, 1), "weight": 1.0])
      return (.from(encoder, 0), graph.text("fog"))
    },
    sides("Flux's guidance node", "a pier", nil) { graph in
      let node = graph.add(
        "FluxGuidance", ["guidance": 3.5, "conditioning": graph.text("a pier")])
      let zero = graph.add("ConditioningZeroOut", ["conditioning": .from(node, 0)])
      return (.from(node, 0), .from(zero, 0))
    },
    sides("Comfyroll's ControlNet stack", "a pier", "fog") { graph in
      let (positive, negative) = (graph.text("a pier"), graph.text("fog"))
      let node = graph.add(
        "CR Apply Multi-ControlNet",
        ["base_positive": positive, "base_negative": negative, "switch": "On"])
      return (.from(node, 0), .from(node, 1))
    },
    sides("Impact's wildcard encoder says what was filled in", "a red pier", "fog") { graph in
      let node = graph.add(
        "ImpactWildcardEncode",
        [
          "model": .from(0, 0), "clip": .from(0, 1), "wildcard_text": "a __colour__ pier",
          "populated_text": "a red pier", "mode": "populate",
        ])
      return (.from(node, 2), graph.text("fog"))
    },
    sides("rgthree's power prompts", "a pier", "fog") { graph in
      let positive = graph.add(
        "Power Prompt (rgthree)",
        ["prompt": "a pier", "opt_model": .from(0, 0), "opt_clip": .from(0, 1)])
      let negative = graph.add("Power Prompt - Simple (rgthree)", ["prompt": "fog"])
      return (.from(positive, 0), .from(negative, 0))
    },
    sides("rgthree's SDXL power prompts", "a pier\nink", "fog") { graph in
      let positive = graph.add(
        "SDXL Power Prompt - Positive (rgthree)", ["prompt_g": "a pier", "prompt_l": "ink"])
      let negative = graph.add(
        "SDXL Power Prompt - Simple / Negative (rgthree)", ["prompt_g": "fog", "prompt_l": "fog"])
      return (.from(positive, 0), .from(negative, 0))
    },
  ]
}
