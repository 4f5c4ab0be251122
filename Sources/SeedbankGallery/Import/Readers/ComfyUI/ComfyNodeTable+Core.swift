extension ComfyNodeTable {
  /// Nodes of ComfyUI that pass on conditioning, models, latents and images.
  static let core: [Row] = [
    ("ConditioningZeroOut", [.nothing]),
    ("ConditioningCombine", [.same(["conditioning_1", "conditioning_2"])]),
    ("ConditioningConcat", [.same(["conditioning_to", "conditioning_from"])]),
    ("ConditioningAverage", [.same(["conditioning_to", "conditioning_from"])]),
    ("ConditioningSetArea", [.same(["conditioning"])]),
    ("ConditioningSetAreaPercentage", [.same(["conditioning"])]),
    ("ConditioningSetAreaStrength", [.same(["conditioning"])]),
    ("ConditioningSetMask", [.same(["conditioning"])]),
    ("ConditioningSetTimestepRange", [.same(["conditioning"])]),
    ("ConditioningSetProperties", [.same(["cond_NEW"])]),
    ("ConditioningSetDefaultCombine", [.same(["cond", "cond_DEFAULT"])]),
    ("PairConditioningSetProperties", bothSides("positive_NEW", "negative_NEW")),
    (
      "PairConditioningCombine",
      [
        .same(["positive_A", "positive_B"]), .same(["negative_A", "negative_B"]),
      ]
    ),
    (
      "PairConditioningSetDefaultCombine",
      [
        .same(["positive", "positive_DEFAULT"]), .same(["negative", "negative_DEFAULT"]),
      ]
    ),
    ("ConditioningSetMaskAndCombine", maskedSides(2)),
    ("ConditioningSetMaskAndCombine3", maskedSides(3)),
    ("ConditioningSetMaskAndCombine4", maskedSides(4)),
    ("ConditioningSetMaskAndCombine5", maskedSides(5)),
    ("ControlNetApply", [.same(["conditioning"])]),
    ("ControlNetApplyAdvanced", bothSides()),
    ("ControlNetApplySD3", bothSides()),
    ("ControlNetInpaintingAliMamaApply", bothSides()),
    ("ACN_AdvancedControlNetApply", bothSides()),
    ("ACN_AdvancedControlNetApply_v2", bothSides()),
    ("ControlNetApplyAdvancedReference", bothSides()),
    ("ApplyFluxControlNet", bothSides()),
    ("InpaintModelConditioning", bothSides() + [.same(["pixels"])]),
    ("InstructPixToPixConditioning", bothSides() + [.same(["pixels"])]),
    ("CosmosPredict2ImageToVideoLatent", [.same(["latent"])]),
    ("WanImageToVideo", bothSides() + [.same([])]),
    ("WanFirstLastFrameToVideo", bothSides() + [.same([])]),
    ("WanFunControlToVideo", bothSides() + [.same([])]),
    ("WanVaceToVideo", bothSides() + [.same([])]),
    ("LTXVConditioning", bothSides()),
    ("LTXVImgToVideo", bothSides() + [.same([])]),
    ("StableCascade_StageB_Conditioning", [.same(["conditioning"])]),
    ("unCLIPConditioning", [.same(["conditioning"])]),
    ("StyleModelApply", [.same(["conditioning"])]),
    ("ReduxAdvanced", [.same(["conditioning"])]),
    ("ReferenceLatent", [.same(["conditioning"])]),
    ("FluxGuidance", [.same(["conditioning"])]),
    ("FluxDisableGuidance", [.same(["conditioning"])]),
    ("FluxKontextMultiReferenceLatentMethod", [.same(["conditioning"])]),
    ("FluxKontextImageScale", [.same(["image"])]),
    ("CLIPTextEncodeControlnet", [.same(["conditioning"])]),
    ("T5TokenizerOptions", [.same(["clip"])]),
    ("VAEDecode", [.same(["samples"])]),
    ("VAEDecodeTiled", [.same(["samples"])]),
    ("VAEEncode", [.same(["pixels"])]),
    ("VAEEncodeTiled", [.same(["pixels"])]),
    ("VAEEncodeForInpaint", [.same(["pixels"])]),
    ("LatentComposite", [.same(["samples_to", "samples_from"])]),
    ("LatentCompositeMasked", [.same(["destination", "source"])]),
    ("LatentBlend", [.same(["samples1", "samples2"])]),
    ("ImageBlend", [.same(["image1", "image2"])]),
    ("ImageCompositeMasked", [.same(["destination", "source"])]),
    ("ImageBatch", [.same(["image1", "image2"])]),
    ("ImageUpscaleWithModel", [.same(["image"])]),
    ("ImageScaleBy", [.same(["image"])]),
    ("ImageScale", [.same(["image"])]),
    ("LatentUpscale", [.same(["samples"])]),
    ("LatentUpscaleBy", [.same(["samples"])]),
    ("LoadImage", [.generated]),
    ("LoadImageMask", [.generated]),
    ("LoadLatent", [.generated]),
    ("SplitImageWithAlpha", [.same(["image"])]),
    ("LoraLoader", [.same(["model"]), .same(["clip"])]),
    ("SplitSigmas", [.same(["sigmas"])]),
    ("SplitSigmasDenoise", [.same(["sigmas"])]),
    ("FlipSigmas", [.same(["sigmas"])]),
    ("SetFirstSigma", [.same(["sigmas"])]),
  ]

  /// The two outputs of a node with positive and negative conditioning.
  static func bothSides(
    _ positive: String = "positive", _ negative: String = "negative"
  ) -> [ComfyOutput] {
    [.same([positive]), .same([negative])]
  }

  /// The two outputs of KJ's nodes that combine this number of masked pairs.
  private static func maskedSides(_ count: Int) -> [ComfyOutput] {
    [
      .same((1...count).map { "positive_\($0)" }), .same((1...count).map { "negative_\($0)" }),
    ]
  }

  /// Nodes that make conditioning from text.
  static let encoders: [Row] = [
    ("CLIPTextEncode", [.encoded(["text"])]),
    ("CLIPTextEncodeSDXL", [.encoded(["text_g", "text_l"])]),
    ("CLIPTextEncodeSDXLRefiner", [.encoded(["text"])]),
    ("CLIPTextEncodeFlux", [.encoded(["clip_l", "t5xxl"])]),
    ("CLIPTextEncodeSD3", [.encoded(["clip_l", "clip_g", "t5xxl"])]),
    ("CLIPTextEncodeHiDream", [.encoded(["clip_l", "clip_g", "t5xxl", "llama"])]),
    ("CLIPTextEncodeHunyuanDiT", [.encoded(["bert", "mt5xl"])]),
    ("CLIPTextEncodeKandinsky5", [.encoded(["clip_l", "qwen25_7b"])]),
    ("CLIPTextEncodePixArtAlpha", [.encoded(["text"])]),
    ("CLIPTextEncodeLumina2", [.encoded(["user_prompt"])]),
    ("TextEncodeHunyuanVideo_ImageToVideo", [.encoded(["prompt"])]),
    ("TextEncodeQwenImageEdit", [.encoded(["prompt"])]),
    ("TextEncodeQwenImageEditPlus", [.encoded(["prompt"])]),
    ("TextEncodeZImageOmni", [.encoded(["prompt"])]),
    ("TextEncodeAceStepAudio", [.encoded(["tags", "lyrics"])]),
    ("GLIGENTextBoxApply", [.same(["conditioning_to"])]),
    ("BNK_CLIPTextEncodeAdvanced", [.encoded(["text"])]),
    ("BNK_CLIPTextEncodeSDXLAdvanced", [.encoded(["text_l", "text_g"])]),
    ("smZ CLIPTextEncode", [.encoded(["text"])]),
    ("CLIPTextEncodeSDXL+", [.encoded(["text_g", "text_l"])]),
    ("SDXLPromptEncode", [.encoded(["text_g", "text_l"])]),
    ("CLIPTextEncodeSDXLSimplified+", [.encoded(["text"])]),
    ("SimpleSDXLPrompt", [.encoded(["text_g", "text_l"])]),
    ("Text to Conditioning", [.encoded(["text"])]),
    ("CLIPTextEncode (BlenderNeko Advanced + NSP)", [.encoded(["text"])]),
    ("CLIPTextEncodeWithWildcards", [.encoded(["populated_text"])]),
    ("ImpactWildcardEncode", wildcardEncoder),
    ("WildcardEncode //Inspire", wildcardEncoder),
    ("CLIPTextEncodeWithWeight //Inspire", [.encoded(["text"])]),
    ("RegionalPrompt", [.same(["advanced_sampler"])]),
    ("CombineRegionalPrompts", [.same((1...20).map { "regional_prompts\($0)" })]),
    ("RegionalPromptSimple //Inspire", [.encoded(["wildcard_prompt"])]),
    ("RegionalPromptColorMask //Inspire", [.encoded(["wildcard_prompt"]), .generated]),
    ("RegionalConditioningSimple //Inspire", [.encoded(["prompt"])]),
    ("RegionalConditioningColorMask //Inspire", [.encoded(["prompt"]), .generated]),
    ("ttN conditioning", [.same(["model"]), .encoded(["positive"]), .encoded(["negative"])]),
    ("EditableCLIPEncode", [.encoded(["text"])]),
    ("PCLazyTextEncode", [.encoded(["text"])]),
    ("PCTextEncode", [.encoded(["text"])]),
    ("ScheduleToCond", [.encoded(["prompt_schedule"])]),
    ("Prompt (LoraManager)", [.encoded(["text"]), .value("text")]),
  ]

  private static let wildcardEncoder: [ComfyOutput] = [
    .same(["model"]), .same(["clip"]), .encoded(["populated_text"]), .value("populated_text"),
  ]
}
