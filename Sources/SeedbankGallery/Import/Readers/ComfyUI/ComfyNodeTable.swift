/// What one output of a node brings.
enum ComfyOutput: Sendable {
  /// What these inputs bring, in this order.
  case same([String])
  /// What the node itself holds for this field, else what its pipe or context holds.
  case field(ComfyField)
  /// The texts of these inputs as conditioning.
  case encoded([String])
  /// The texts of these inputs in one; the separator is the value of an input, if it is set.
  case joined([String], separator: String, default: String)
  /// The texts of all inputs that begin with a prefix and end in a number.
  case joinedAll(String, separator: String, default: String)
  /// A prompt and a style, placed by the node's `preset` for one of SDXL's encoders.
  case mixed(String, style: String, encoder: String)
  /// A value that was typed into an input or fed to it.
  case value(String)
  /// One of two inputs, as a truth value says.
  case either(String, on: String, off: String)
  /// The input whose name is a prefix and the number in another input.
  case numbered(String, prefix: String)
  /// The input that is named by the value of another one.
  case named(String)
  /// The first input with this prefix that brings anything.
  case first(String)
  /// The last context with this prefix that has the field.
  case merged(String)
  /// Nothing, on purpose: an emptied conditioning.
  case nothing
  /// Something that was made while the graph ran and is not in the file.
  case generated
}

/// A member of a pipe or context, with the names that inputs have for it.
enum ComfyField: Sendable {
  case positive, negative, model, latent, image, seed, steps, cfg, sampler, scheduler, denoise
  case positiveText, negativeText
  /// A member that no record has a place for.
  case other

  var inputs: [String] {
    switch self {
    case .positive: ["positive", "pos", "base_positive", "opt_positive", "optional_positive"]
    case .negative: ["negative", "neg", "base_negative", "opt_negative", "optional_negative"]
    case .model: ["model", "base_model", "opt_model", "optional_model", "model_override"]
    case .latent:
      ["latent", "latent_image", "samples", "opt_latent", "optional_latent", "image_to_latent"]
    case .image: ["images", "image", "opt_image", "optional_image"]
    case .seed: ["seed", "noise_seed", "seed_num"]
    case .steps: ["steps"]
    case .cfg: ["cfg"]
    case .sampler: ["sampler_name", "sampler"]
    case .scheduler: ["scheduler"]
    case .denoise: ["denoise"]
    case .positiveText: ["text_pos_g", "text_pos_l"]
    case .negativeText: ["text_neg_g", "text_neg_l"]
    case .other: []
    }
  }
}

/// What is known of node classes. To teach a class, add a row to the list of its pack.
enum ComfyNodeTable {
  typealias Row = (kind: String, outputs: [ComfyOutput])

  private static let rows: [String: [ComfyOutput]] = {
    let packs = [core, encoders, texts, numbers, switches, rgthree, pipes, loaders, comfyroll]
    return Dictionary(packs.joined().map { ($0.kind, $0.outputs) }) { first, _ in first }
  }()

  /// What an output of a class brings, or nil if the class is unknown. Outputs after the last in
  /// the table are like the last.
  static func output(of kind: String, _ slot: Int) -> ComfyOutput? {
    guard let outputs = rows[kind], let last = outputs.last else { return nil }
    return outputs.indices.contains(slot) ? outputs[slot] : last
  }

  /// Nodes that put their separator around empty parts too.
  static let separateEmptyParts: Set<String> = [
    "StringConcatenate", "CR Combine Prompt", "CR Text Concatenate", "JoinStrings",
  ]

  /// Nodes without any function of their own.
  static let reroutes: Set<String> = [
    "Reroute", "Reroute (rgthree)", "ReroutePrimitive|pysssss", "ReroutePrimitive",
    "Reroute (Crystools)", "SetNode", "JWReroute",
  ]

  /// Pipes of six values without names, taken and handed on by number.
  static let numberedPipes: Set<String> = [
    "Pipe to/edit any [Crystools]", "Pipe from any [Crystools]",
  ]

  /// Inputs that carry a bundle of fields, in the order they are asked.
  static let bundles = [
    "pipe", "basic_pipe", "base_ctx", "sdxl_tuple", "context", "ctx", "detailer_pipe", "sdxl_pipe",
    "pipe_opt", "opt_pipe", "dependencies", "zipped_prompt",
  ]

  /// Inputs that name a model file.
  static let modelFiles = [
    "ckpt_name", "unet_name", "base_ckpt_name", "model_name", "gguf_name", "diffusion_name",
    "model_path", "flux_model_name", "ckpt",
  ]

  /// Inputs of encoders that hold prompts.
  static let prompts = [
    "text", "prompt", "text_g", "text_l", "clip_l", "clip_g", "t5xxl", "llama", "qwen25_7b", "bert",
    "mt5xl", "user_prompt",
  ]
}
