/// The value of one output of a node.
enum ComfyOutput: Sendable {
  /// The values of these inputs, in this order.
  case same([String])
  /// The node's own value of this field, or else the value of its pipe or context.
  case field(ComfyField)
  /// The texts of these inputs as conditioning.
  case encoded([String])
  /// The joined texts of these inputs. The separator is the value of an input, if it is set.
  case joined([String], separator: String, default: String)
  /// The texts of all inputs whose names are a prefix and a number.
  case joinedAll(String, separator: String, default: String)
  /// A prompt and a style, placed by the node's `preset` for one of SDXL's encoders.
  case mixed(String, style: String, encoder: String)
  /// A typed or linked value of an input.
  case value(String)
  /// One of two inputs, selected by a truth value.
  case either(String, on: String, off: String)
  /// The input whose name is a prefix and the number in another input.
  case numbered(String, prefix: String)
  /// The input whose name is the value of another input.
  case named(String)
  /// The first input with this prefix that has a value.
  case first(String)
  /// The last context with this prefix that has the field.
  case merged(String)
  /// Empty conditioning.
  case nothing
  /// A value that was made at run time and is not in the file.
  case generated
}

/// A member of a pipe or context, with the names that inputs have for it.
enum ComfyField: Sendable {
  case positive, negative, model, latent, image, seed, steps, cfg, sampler, scheduler, denoise
  case positiveText, negativeText
  /// A member that is not part of a record.
  case other

  var inputs: [String] {
    switch self {
    case .positive:
      [
        "positive", "pos", "base_positive", "opt_positive", "optional_positive",
        "positive_populated_text",
      ]
    case .negative:
      [
        "negative", "neg", "base_negative", "opt_negative", "optional_negative",
        "negative_populated_text",
      ]
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

/// The known node classes.
///
/// To support a class, add a row to the list of its pack.
enum ComfyNodeTable {
  typealias Row = (kind: String, outputs: [ComfyOutput])

  private static let rows: [String: [ComfyOutput]] = {
    let ratios: [Row] = ratioLists.map { ($0, [.generated]) }
    let packs = [
      core, encoders, texts, numbers, switches, rgthree, pipes, loaders, comfyroll, ratios,
    ]
    return Dictionary(packs.joined().map { ($0.kind, $0.outputs) }) { first, _ in first }
  }()

  /// The value of an output of a class, or nil if the class is unknown.
  ///
  /// Outputs after the last one in the table are like the last one.
  static func output(of kind: String, _ slot: Int) -> ComfyOutput? {
    guard let outputs = rows[kind], let last = outputs.last else { return nil }
    return outputs.indices.contains(slot) ? outputs[slot] : last
  }

  /// Nodes that write their separator around empty parts too.
  static let separateEmptyParts: Set<String> = [
    "StringConcatenate", "CR Combine Prompt", "CR Text Concatenate", "JoinStrings",
  ]

  /// Nodes without any function of their own.
  static let reroutes: Set<String> = [
    "Reroute", "Reroute (rgthree)", "ReroutePrimitive|pysssss", "ReroutePrimitive",
    "Reroute (Crystools)", "SetNode", "JWReroute",
  ]

  /// Pipes of six values without names, which are passed by number.
  static let numberedPipes: Set<String> = [
    "Pipe to/edit any [Crystools]", "Pipe from any [Crystools]",
  ]

  /// Inputs with a bundle of fields, in the order of the search.
  static let bundles = [
    "pipe", "basic_pipe", "base_ctx", "sdxl_tuple", "context", "ctx", "detailer_pipe", "sdxl_pipe",
    "pipe_opt", "opt_pipe", "dependencies", "zipped_prompt", "base_sampler",
  ]

  /// Nodes whose text may have lines of comment, which begin with `#`.
  static let commentedTexts: Set<String> = ["Text Multiline"]

  /// Inputs that name a model file.
  static let modelFiles = [
    "ckpt_name", "unet_name", "base_ckpt_name", "model_name", "gguf_name", "diffusion_name",
    "model_path", "flux_model_name", "ckpt",
  ]

  /// Inputs of encoders that contain prompts.
  static let prompts = [
    "text", "prompt", "text_g", "text_l", "clip_l", "clip_g", "t5xxl", "llama", "qwen25_7b", "bert",
    "mt5xl", "user_prompt",
  ]
}
