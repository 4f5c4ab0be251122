/// Nodes that use a paid service.
///
/// Their inputs are the request.
///
/// The inputs of a selected model have a prefix, as in `model.width`.
enum ComfyService {
  static let prompt = ["prompt", "model.prompt", "text"]
  static let negative = ["negative_prompt", "model.negative_prompt"]
  static let seed = ["seed", "model.seed"]
  static let guidance = ["guidance_scale", "model.guidance_scale", "guidance", "cfg_scale"]
  /// Inputs with a size as text.
  ///
  /// For `Custom` and similar values, `sides` is used.
  static let size = ["size_preset", "model.size_preset", "size", "model.size", "image_size"]
  static let sides = [("width", "height"), ("model.width", "model.height")]

  /// The classes of these nodes.
  static let kinds: Set<String> = [
    "ByteDanceSeedreamNode", "ByteDanceSeedreamNodeV2", "ByteDanceSeedreamNodeV3",
    "ByteDanceImageNode", "ByteDanceImageEditNode", "OpenAIDalle2", "OpenAIDalle3",
    "OpenAIGPTImage1", "OpenAIGPTImageNodeV2", "GeminiImageNode", "GeminiImage2Node",
    "GeminiNanoBanana2", "FluxProUltraImageNode", "FluxProImageNode", "FluxKontextProImageNode",
    "FluxKontextMaxImageNode", "FluxProExpandNode", "FluxProFillNode", "Flux2ProImageNode",
    "Flux2MaxImageNode", "IdeogramV1", "IdeogramV2", "IdeogramV3", "StabilityStableImageUltraNode",
    "StabilityStableImageSD_3_5Node", "RecraftTextToImageNode", "RecraftImageToImageNode",
    "LumaImageNode", "LumaImageModifyNode", "QwenTextToImageApi", "WanTextToImageApi",
    "WanImageToImageApi", "KlingImageGenerationNode", "RunwayTextToImageNode",
    "ReveImageCreateNode", "GrokImageNode",
  ]
}
