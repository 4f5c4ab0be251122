extension ComfyNodeTable {
  /// Nodes that pass on one of their inputs.
  static let switches: [Row] = [
    ("ComfySwitchNode", [.either("switch", on: "on_true", off: "on_false")]),
    ("ComfySoftSwitchNode", [.either("switch", on: "on_true", off: "on_false")]),
    ("ImpactSwitch", impactSwitch),
    ("LatentSwitch", impactSwitch),
    ("SEGSSwitch", impactSwitch),
    ("ImpactInversedSwitch", [.same(["input"])]),
    ("ImpactConditionalBranch", [.either("cond", on: "tt_value", off: "ff_value")]),
    ("ImpactConditionalBranchSelMode", [.either("cond", on: "tt_value", off: "ff_value")]),
    ("Any Switch (rgthree)", [.first("any_")]),
    ("CR Conditioning Input Switch", [.numbered("Input", prefix: "conditioning")]),
    ("CR Text Input Switch", [.numbered("Input", prefix: "text")]),
    ("CR Text Input Switch (4 way)", [.numbered("Input", prefix: "text")]),
    ("CR Latent Input Switch", [.numbered("Input", prefix: "latent")]),
    ("CR Image Input Switch", [.numbered("Input", prefix: "image")]),
    ("CR Image Input Switch (4 way)", [.numbered("Input", prefix: "image")]),
    ("CR VAE Input Switch", [.numbered("Input", prefix: "VAE")]),
    ("CR Clip Input Switch", [.numbered("Input", prefix: "clip")]),
    ("CR Pipe Switch", [.numbered("Input", prefix: "pipe")]),
    (
      "CR Model Input Switch",
      [
        .numbered("Input", prefix: "model"), .numbered("Input", prefix: "clip"),
      ]
    ),
    (
      "CR Switch Model and CLIP",
      [
        .numbered("Input", prefix: "model"), .numbered("Input", prefix: "clip"),
      ]
    ),
    ("CR Img2Img Process Switch", [.named("Input")]),
    ("CR Hires Fix Process Switch", [.named("Input")]),
    ("easy textSwitch", [.numbered("input", prefix: "text")]),
    ("easy imageSwitch", [.either("boolean", on: "image_a", off: "image_b")]),
    ("easy anythingIndexSwitch", [.numbered("index", prefix: "value")]),
    ("easy imageIndexSwitch", [.numbered("index", prefix: "image")]),
    ("easy textIndexSwitch", [.numbered("index", prefix: "text")]),
    ("easy conditioningIndexSwitch", [.numbered("index", prefix: "cond")]),
    ("easy ifElse", [.either("boolean", on: "on_true", off: "on_false")]),
    ("Text Input Switch", [.either("boolean", on: "text_a", off: "text_b")]),
    ("Image Input Switch", [.either("boolean", on: "image_a", off: "image_b")]),
    ("Latent Input Switch", [.either("boolean", on: "latent_a", off: "latent_b")]),
    ("Model Input Switch", [.either("boolean", on: "model_a", off: "model_b")]),
    ("CLIP Input Switch", [.either("boolean", on: "clip_a", off: "clip_b")]),
    (
      "Conditioning Input Switch",
      [
        .either("boolean", on: "conditioning_a", off: "conditioning_b")
      ]
    ),
    ("Switch any [Crystools]", crystools),
    ("Switch string [Crystools]", crystools),
    ("Switch conditioning [Crystools]", crystools),
    ("Switch latent [Crystools]", crystools),
    ("Switch image [Crystools]", crystools),
    ("LazySwitchKJ", [.either("switch", on: "on_true", off: "on_false")]),
    ("LayerUtility: SwitchCase", [.generated]),
    ("ComfyUISwitch", [.generated]),
  ]

  /// The selected input, its label in the editor, and its number.
  private static let impactSwitch: [ComfyOutput] = [
    .numbered("select", prefix: "input"), .generated, .value("select"),
  ]

  private static let crystools: [ComfyOutput] = [
    .either("boolean", on: "on_true", off: "on_false")
  ]

  private static let context: [ComfyOutput] = [
    .field(.other), .field(.model), .field(.other), .field(.other), .field(.positive),
    .field(.negative), .field(.latent), .field(.image), .field(.seed),
  ]

  private static let bigContext: [ComfyOutput] =
    context + [
      .field(.steps), .field(.other), .field(.cfg), .value("ckpt_name"), .field(.sampler),
      .field(.scheduler), .field(.other), .field(.other), .value("text_pos_g"),
      .value("text_pos_l"), .value("text_neg_g"), .value("text_neg_l"), .field(.other),
    ]

  /// rgthree's contexts and prompts.
  static let rgthree: [Row] = [
    ("Context (rgthree)", context),
    ("Context Big (rgthree)", bigContext),
    ("Context Switch (rgthree)", context),
    ("Context Switch Big (rgthree)", bigContext),
    ("Context Merge (rgthree)", context),
    ("Context Merge Big (rgthree)", bigContext),
    (
      "Power Prompt (rgthree)",
      [
        .encoded(["prompt"]), .same(["opt_model"]), .same(["opt_clip"]), .value("prompt"),
      ]
    ),
    ("Power Prompt - Simple (rgthree)", [.encoded(["prompt"]), .value("prompt")]),
    (
      "SDXL Power Prompt - Positive (rgthree)",
      [
        .encoded(["prompt_g", "prompt_l"]), .same(["opt_model"]), .same(["opt_clip"]),
        .value("prompt_g"), .value("prompt_l"),
      ]
    ),
    (
      "SDXL Power Prompt - Simple / Negative (rgthree)",
      [
        .encoded(["prompt_g", "prompt_l"]), .value("prompt_g"), .value("prompt_l"),
      ]
    ),
  ]

  /// How a node with several contexts selects one of them.
  static func choice(of kind: String) -> ComfyOutput? {
    switch kind {
    case "Context Switch (rgthree)", "Context Switch Big (rgthree)": .first("ctx_")
    case "Context Merge (rgthree)", "Context Merge Big (rgthree)": .merged("ctx_")
    default: nil
    }
  }
}
