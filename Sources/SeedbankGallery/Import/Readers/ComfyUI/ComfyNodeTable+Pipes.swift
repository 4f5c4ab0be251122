extension ComfyNodeTable {
  private static let easyMembers: [ComfyOutput] = [
    .field(.other), .field(.model), .field(.positive), .field(.negative), .field(.latent),
    .field(.other), .field(.other), .field(.image), .field(.seed),
  ]

  private static let tinyMembers: [ComfyOutput] = [
    .field(.model), .field(.positive), .field(.negative), .field(.latent), .field(.other),
    .field(.other), .field(.image), .field(.seed), .field(.other),
  ]

  /// Nodes that pack, unpack and edit bundles.
  ///
  /// An output without a field is the bundle itself.
  static let pipes: [Row] = [
    ("easy pipeIn", [.field(.other)]),
    ("easy pipeOut", easyMembers),
    ("easy pipeEdit", easyMembers),
    ("easy pipeEditPrompt", [.field(.other)]),
    ("easy pipeToBasicPipe", [.field(.other)]),
    ("easy preSampling", [.field(.other)]),
    ("easy preSamplingAdvanced", [.field(.other)]),
    ("easy preSamplingCustom", [.field(.other)]),
    ("easy preSamplingNoiseIn", [.field(.other)]),
    ("easy preSamplingDynamicCFG", [.field(.other)]),
    ("easy preSamplingSdTurbo", [.field(.other)]),
    ("ttN pipeIN", [.field(.other)]),
    ("ttN pipeOUT", tinyMembers),
    ("ttN pipeEDIT", tinyMembers),
    ("ttN pipe2BASIC", [.field(.other)]),
    ("ttN pipe2DETAILER", [.field(.other)]),
    ("ToBasicPipe", [.field(.other)]),
    (
      "FromBasicPipe",
      [
        .field(.model), .field(.other), .field(.other), .field(.positive), .field(.negative),
      ]
    ),
    (
      "FromBasicPipe_v2",
      [
        .field(.other), .field(.model), .field(.other), .field(.other), .field(.positive),
        .field(.negative),
      ]
    ),
    ("EditBasicPipe", [.field(.other)]),
    ("ToDetailerPipe", [.field(.other)]),
    ("ToDetailerPipeSDXL", [.field(.other)]),
    (
      "FromDetailerPipe",
      [
        .field(.model), .field(.other), .field(.other), .field(.positive), .field(.negative),
      ]
    ),
    (
      "FromDetailerPipe_v2",
      [
        .field(.other), .field(.model), .field(.other), .field(.other), .field(.positive),
        .field(.negative),
      ]
    ),
    ("BasicPipeToDetailerPipe", [.field(.other)]),
    ("DetailerPipeToBasicPipe", [.field(.other)]),
    ("EditDetailerPipe", [.field(.other)]),
    ("ZipPrompt //Inspire", [.field(.other)]),
    ("UnzipPrompt //Inspire", [.field(.positive), .field(.negative), .generated]),
    ("Pack SDXL Tuple", [.field(.other)]),
    (
      "Unpack SDXL Tuple",
      [
        .field(.model), .field(.other), .field(.positive), .field(.negative), .generated,
      ]
    ),
    ("CR Module Pipe Loader", [.field(.other)]),
    (
      "CR Module Input",
      [
        .field(.other), .field(.model), .field(.positive), .field(.negative), .field(.latent),
        .field(.other), .field(.other), .field(.other), .field(.image), .field(.seed),
      ]
    ),
    ("CR Module Output", [.field(.other)]),
    ("CR Data Bus In", [.generated]),
  ]

  private static let threePartLoader: [ComfyOutput] = [
    .field(.other), .field(.model), .field(.other),
  ]

  /// Loaders with both prompts, and samplers that pass on their inputs.
  static let loaders: [Row] = [
    ("Efficient Loader", efficientLoader),
    ("Eff. Loader SDXL", [.field(.other), .field(.latent), .field(.other)]),
    ("KSampler (Efficient)", efficientSampler),
    ("KSampler Adv. (Efficient)", efficientSampler),
    ("Apply ControlNet Stack", bothSides()),
    (
      "easy fullLoader",
      [
        .field(.other), .field(.model), .field(.other), .field(.other), .field(.positive),
        .field(.negative), .field(.latent),
      ]
    ),
    ("easy a1111Loader", threePartLoader),
    ("easy comfyLoader", threePartLoader),
    ("easy zero123Loader", threePartLoader),
    ("easy fluxLoader", threePartLoader),
    ("easy kolorsLoader", threePartLoader),
    ("easy hunyuanDiTLoader", threePartLoader),
    ("easy pixArtLoader", threePartLoader),
    ("easy controlnetLoader", [.field(.other), .field(.positive), .field(.negative)]),
    ("easy controlnetLoaderADV", [.field(.other), .field(.positive), .field(.negative)]),
    (
      "easy fullkSampler",
      [
        .field(.other), .field(.image), .field(.model), .field(.positive), .field(.negative),
        .field(.latent), .field(.other), .field(.other), .field(.seed),
      ]
    ),
    ("ttN pipeLoader", tinyLoader),
    ("ttN pipeLoader_v2", tinyLoader),
    ("ttN pipeLoaderSDXL", [.field(.other), .field(.model), .field(.positive), .field(.negative)]),
    (
      "ttN pipeLoaderSDXL_v2",
      [.field(.other), .field(.model), .field(.positive), .field(.negative)]
    ),
  ]

  private static let efficientLoader: [ComfyOutput] = [
    .field(.model), .field(.positive), .field(.negative), .field(.latent), .field(.other),
  ]

  private static let efficientSampler: [ComfyOutput] = [
    .field(.model), .field(.positive), .field(.negative), .field(.latent), .field(.other),
    .field(.image),
  ]

  private static let tinyLoader: [ComfyOutput] = [
    .field(.other), .field(.model), .field(.positive), .field(.negative), .field(.latent),
    .field(.other), .field(.other), .field(.seed),
  ]

  /// Comfyroll's prompts, styles and ControlNets.
  static let comfyroll: [Row] = [
    ("CR Prompt Text", [.value("prompt")]),
    ("CR Text", [.value("text")]),
    ("CR Multiline Text", [.value("text")]),
    ("CR Text Concatenate", [.joined(["text1", "text2"], separator: "separator", default: "")]),
    (
      "CR Combine Prompt",
      [
        .joined(["part1", "part2", "part3", "part4"], separator: "separator", default: ",")
      ]
    ),
    ("CR SDXL Prompt Mixer", promptMix),
    ("CR SDXL Prompt Mix Presets", promptMix),
    ("CR SDXL Style Text", [.value("positive_style"), .value("negative_style")]),
    (
      "CR SDXL Base Prompt Encoder", [.encoded(["pos_g", "pos_l"]), .encoded(["neg_g", "neg_l"])]
    ),
    ("CR Apply ControlNet", [.same(["conditioning"])]),
    ("CR Apply Multi-ControlNet", bothSides("base_positive", "base_negative")),
    ("CR Apply LoRA Stack", [.same(["model"]), .same(["clip"])]),
  ]

  /// Comfyroll's lists of ratios.
  ///
  /// Their first two outputs are width and height.
  static let ratioLists: Set<String> = [
    "CR SD1.5 Aspect Ratio", "CR SDXL Aspect Ratio", "CR Aspect Ratio", "CR Aspect Ratio Banners",
    "CR Aspect Ratio Social Media", "CR_Aspect Ratio For Print", "CR Aspect Ratio SDXL",
  ]

  /// Names of ratios for which Comfyroll has another size than the name says.
  static let otherSizes: [String: ComfyWalk.Size] = [
    "Banner - 468x60": (168, 60), "LinkedIn Page Cover - 1128x191": (1584, 396),
  ]

  private static let promptMix: [ComfyOutput] =
    ["g", "l", "r"].map { .mixed("prompt_positive", style: "style_positive", encoder: $0) }
    + ["g", "l", "r"].map { .mixed("prompt_negative", style: "style_negative", encoder: $0) }
    + [.generated]
}
