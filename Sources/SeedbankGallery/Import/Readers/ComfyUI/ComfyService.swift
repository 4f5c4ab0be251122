/// Nodes that use a paid service.
///
/// Their inputs are the request.
///
/// The inputs of a selected model have a prefix, as in `model.width`.
enum ComfyService {
  static let prompt = ["prompt", "model.prompt", "text", "edit_instruction", "structured_prompt"]
  static let negative = ["negative_prompt", "model.negative_prompt"]
  static let seed = ["seed", "model.seed"]
  static let guidance = ["guidance_scale", "model.guidance_scale", "guidance", "cfg_scale"]
  /// Inputs with a size as text.
  ///
  /// For `Custom` and similar values, `sides` is used.
  static let size = ["size_preset", "model.size_preset", "size", "model.size", "image_size"]
  static let sides = [("width", "height"), ("model.width", "model.height")]

  /// Classes whose negative prompt is not sent to the service.
  static let withoutNegative: Set<String> = ["RecraftV4TextToImageNode"]

  /// The classes of these nodes.
  ///
  /// Nodes that only enlarge or cut out an image are not among them: the values of the image that they
  /// are given count.
  static let kinds: Set<String> = [
    "ByteDanceSeedreamNode", "ByteDanceSeedreamNodeV2", "ByteDanceSeedreamNodeV3",
    "ByteDanceImageNode", "ByteDanceImageEditNode", "OpenAIDalle2", "OpenAIDalle3",
    "OpenAIGPTImage1", "OpenAIGPTImageNodeV2", "GeminiImageNode", "GeminiImage2Node",
    "GeminiNanoBanana2", "GeminiNanoBanana2V2", "FluxProUltraImageNode", "FluxProImageNode",
    "FluxKontextProImageNode", "FluxKontextMaxImageNode", "FluxProExpandNode", "FluxProFillNode",
    "Flux2ImageNode", "Flux2ProImageNode", "Flux2MaxImageNode", "FluxVTONode", "IdeogramV1",
    "IdeogramV2", "IdeogramV3", "IdeogramV4", "IdeogramPImage", "StabilityStableImageUltraNode",
    "StabilityStableImageSD_3_5Node", "RecraftTextToImageNode", "RecraftImageToImageNode",
    "RecraftImageInpaintingNode", "RecraftReplaceBackgroundNode", "RecraftV4TextToImageNode",
    "LumaImageNode", "LumaImageNode2", "LumaImageModifyNode", "LumaImageEditNode2",
    "QwenTextToImageApi", "QwenImageTextToImageApi", "QwenImageEditApi", "WanTextToImageApi",
    "WanImageToImageApi", "KlingImageGenerationNode", "KlingOmniProImageNode",
    "RunwayTextToImageNode", "ReveImageCreateNode", "ReveImageEditNode", "ReveImageRemixNode",
    "GrokImageNode", "GrokImageEditNode", "GrokImageEditNodeV2", "Krea2ImageNode",
    "BriaImageEditNode", "BriaGenFill", "BriaExpandImage", "BeebleSwitchXImageEdit",
    "MetaMuseImageTextToImageApi", "MetaMuseImageEditApi",
  ]

  /// Inputs of an unknown node that may be linked if it makes an image from its prompt alone.
  static let plainInputs: Set<String> = [
    "prompt", "model.prompt", "negative_prompt", "model.negative_prompt", "system_prompt", "seed",
    "model.seed", "width", "model.width", "height", "model.height", "size", "aspect_ratio",
    "resolution", "steps", "guidance", "guidance_scale", "cfg_scale", "n", "batch_size",
  ]

  /// Inputs of nodes that make images on this computer.
  static let localInputs: Set<String> = [
    "model", "clip", "vae", "positive", "negative", "conditioning", "guider", "sampler", "sigmas",
    "noise", "latent", "latent_image", "samples", "pipe", "basic_pipe", "context",
  ]
}
