@testable import SeedbankGallery

extension ComfyGraphCase {
  static let texts: [ComfyGraphCase] = [
    text("a primitive string", "a pier") {
      .from($0.add("PrimitiveString", ["value": "a pier"]), 0)
    },
    text("joined strings in the order of their names, not of the ids", "a pier, at dusk") { graph in
      let end = graph.add("PrimitiveStringMultiline", ["value": "at dusk"])
      let start = graph.add("PrimitiveStringMultiline", ["value": "a pier"])
      return .from(
        graph.add(
          "StringConcatenate",
          ["string_a": .from(start, 0), "string_b": .from(end, 0), "delimiter": ", "]), 0)
    },
    text("Krea's template: switches, a preview, and a text that was written at run time", "an owl")
    {
      graph in
      let user = graph.add("PrimitiveStringMultiline", ["value": "an owl"])
      let system = graph.add("PrimitiveStringMultiline", ["value": "You are an expert"])
      let order = graph.add(
        "StringConcatenate",
        ["string_a": .from(system, 0), "string_b": .from(user, 0), "delimiter": ""])
      let written = graph.add("TextGenerate", ["prompt": .from(order, 0), "max_length": 512])
      let refine = graph.add("PrimitiveBoolean", ["value": true])
      let chosen = graph.add(
        "ComfySwitchNode",
        ["switch": .from(refine, 0), "on_false": .from(user, 0), "on_true": .from(written, 0)])
      return .from(graph.add("PreviewAny", ["source": .from(chosen, 0)]), 0)
    },
    text("a text that only exists at run time stays empty", "") { graph in
      .from(graph.add("TextGenerate", ["prompt": "Describe a pier", "max_length": 512]), 0)
    },
    text("Impact's wildcards say what was filled in", "a red pier") { graph in
      .from(
        graph.add(
          "ImpactWildcardProcessor",
          [
            "wildcard_text": "a __colour__ pier", "populated_text": "a red pier",
            "mode": "populate",
          ]),
        0)
    },
    text("the prompt styler without the style that only the styler knows", "a telescope") { graph in
      .from(
        graph.add(
          "SDXLPromptStyler",
          ["text_positive": "a telescope", "text_negative": "cartoon", "style": "ink"]), 0)
    },
    text("WAS's concatenation", "a pier, at dusk") { graph in
      let start = graph.add("Text Multiline", ["text": "a pier"])
      return .from(
        graph.add(
          "Text Concatenate",
          [
            "delimiter": ", ", "clean_whitespace": "true", "text_a": .from(start, 0),
            "text_b": "at dusk",
          ]), 0)
    },
    text("WAS's strings by output", "second") { graph in
      .from(graph.add("Text String", ["text": "first", "text_b": "second", "text_c": ""]), 1)
    },
    text("a text that is shown on the way", "a pier") { graph in
      let text = graph.add("CR Prompt Text", ["prompt": "a pier"])
      return .from(graph.add("ShowText|pysssss", ["text": .from(text, 0)]), 0)
    },
    text("Comfyroll's combined prompt", "a pier. at dusk") { graph in
      .from(
        graph.add("CR Combine Prompt", ["part1": "a pier", "part2": "at dusk", "separator": ". "]),
        0)
    },
    text("a joined string keeps its separator beside an empty part", "a pier, ") { graph in
      .from(
        graph.add(
          "StringConcatenate", ["string_a": "a pier", "string_b": "", "delimiter": ", "]), 0)
    },
    text("a trimmed string", "a pier") {
      .from($0.add("StringTrim", ["string": "  a pier\n", "mode": "Both"]), 0)
    },
    text("a string that is trimmed at its start", "a pier ") {
      .from($0.add("StringTrim", ["string": "  a pier ", "mode": "Left"]), 0)
    },
    text("a string that is trimmed at its end", " a pier") {
      .from($0.add("StringTrim", ["string": " a pier  ", "mode": "Right"]), 0)
    },
    text("Comfyroll's text box", "a pier") { .from($0.add("DF_Text_Box", ["Text": "a pier"]), 0) },
    text("KJ's strings with more than ten parts", "a b c") { graph in
      .from(
        graph.add(
          "JoinStringMulti",
          ["inputcount": 3, "string_1": "a", "string_2": "b", "string_10": "c", "delimiter": " "]),
        0)
    },
    text("tinyterra's concatenation", "ab") { graph in
      .from(
        graph.add(
          "ttN text3BOX_3WAYconcat", ["text1": "a", "text2": "b", "text3": "c", "delimiter": ""]),
        3)
    },
    text("an unknown node with a single text hands it on", "a pier") {
      .from($0.add("Mystery Box", ["words": "a pier"]), 0)
    },
    text("an unknown node with several texts says nothing", "") {
      .from($0.add("Mystery Box", ["text": "a pier", "other": "a quay"]), 0)
    },
    sides("Comfyroll's prompt mix with boosted style", "ink\na pier", "bad") { graph in
      let mix = graph.add(
        "CR SDXL Prompt Mix Presets",
        [
          "prompt_positive": "a pier", "prompt_negative": "bad", "style_positive": "ink",
          "style_negative": "bad", "preset": "style boost 2",
        ])
      let encoder = graph.add(
        "CR SDXL Base Prompt Encoder",
        [
          "pos_g": .from(mix, 0), "pos_l": .from(mix, 1), "neg_g": .from(mix, 3),
          "neg_l": .from(mix, 4), "preset": "preset A",
        ])
      return (.from(encoder, 0), .from(encoder, 1))
    },
  ]
}
