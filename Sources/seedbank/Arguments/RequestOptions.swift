import ArgumentParser
import SeedbankModel
import SeedbankProviders
import SeedbankSync

/// The options of a request other than its prompt.
struct RequestOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Name of the model, or an endpoint id.", valueName: "name"),
    completion: .models)
  var model: String?
  @Option(
    help: ArgumentHelp(
      "Pixels such as 1024x1024, or 2K if the model supports it.", valueName: "size"),
    completion: .sizes)
  var size: String?
  @Option(
    help: ArgumentHelp("0 to 2147483647 (default: random).", valueName: "number"),
    transform: NamedValue.seed)
  var seed: Int?
  @Option(
    help: ArgumentHelp("How closely the model follows the prompt.", valueName: "number"),
    transform: NamedValue.guidanceScale)
  var guidanceScale: Double?
  @Flag(
    inversion: .prefixedNo,
    help:
      "Request an image with the text \"AI generated\", or without it (default: setting `generate.watermark`, or that of the service)."
  )
  var watermark: Bool?
  @Option(
    help: ArgumentHelp("How the gateway returns the image: url or b64_json.", valueName: "format"),
    completion: .list(["url", "b64_json"]))
  var responseFormat: String?
  @Option(
    help: ArgumentHelp(
      "File format of the image, such as png, if the model supports it.", valueName: "format"))
  var outputFormat: String?
  @Option(
    help: ArgumentHelp(
      "How the service may rewrite the prompt: standard or fast, if the model supports it.",
      valueName: "mode"),
    completion: .list(["standard", "fast"]))
  var optimizePrompt: String?

  /// The origins of the fields.
  func origins(_ settings: Settings) throws -> FieldOrigins {
    let scale = FieldOrigins.remedy(
      .guidanceScale, from: try settings.number(.guidanceScale)?.origin)
    let format = FieldOrigins.remedy(
      .responseFormat, from: try settings.string(.responseFormat)?.origin)
    return FieldOrigins(modelOption: "--model ") { field in
      switch field {
      case .seed: seed == nil ? nil : "omit --seed"
      case .guidanceScale: guidanceScale == nil ? scale : "omit --guidance-scale"
      case .responseFormat: responseFormat == nil ? format : "omit --response-format"
      case .outputFormat: outputFormat == nil ? nil : "omit --output-format"
      case .promptMode: optimizePrompt == nil ? nil : "omit --optimize-prompt"
      case .model, .size, .watermark, .group, .references: nil
      }
    }
  }

  /// The parameters: options first, then variables, then the config file.
  ///
  /// - Parameter service: The service of the request, whose sizes an error names.
  /// - Throws: `RequestError`, or a `Failure` of the configuration.
  func parameters(
    _ settings: Settings, for service: any ImageService
  ) throws -> RequestParameters {
    var parameters = RequestParameters(
      model: try model ?? settings.string(.model)?.value, seed: seed,
      guidanceScale: try guidanceScale ?? settings.number(.guidanceScale)?.value,
      watermark: try watermark ?? settings.flag(.watermark)?.value,
      outputFormat: outputFormat, promptMode: optimizePrompt)
    if let text = try size ?? settings.string(.size)?.value {
      guard let read = ImageSize(text) else {
        throw RequestError.sizeNotRead(text, allowed: service.rules(of: parameters.model).sizes)
      }
      parameters.size = read
    }
    if let text = try responseFormat ?? settings.string(.responseFormat)?.value {
      guard let read = ResponseFormat(rawValue: text) else {
        throw RequestError.unknownResponseFormat(text, allowed: ResponseFormat.allCases)
      }
      parameters.responseFormat = read
    }
    return parameters
  }
}

/// Values of options that are names, read with the command line.
enum NamedValue {
  static func tag(_ text: String) throws -> TagName {
    guard let tag = TagName(text) else {
      // The second line becomes the hint.
      throw ValidationError("'\(text)' is not a valid tag\n\(TagName.rule)")
    }
    return tag
  }

  /// The request checks the range of the seed.
  static func seed(_ text: String) throws -> Int {
    guard let seed = Int(text) else {
      throw ValidationError(
        "'\(text)' is not a valid seed (expected a whole number from 0 to 2147483647)")
    }
    return seed
  }

  /// The request checks which values a model accepts.
  static func guidanceScale(_ text: String) throws -> Double {
    guard let scale = Double(text), scale.isFinite else {
      throw ValidationError(
        "'\(text)' is not a valid guidance scale (expected a number such as 2.5)")
    }
    return scale
  }

  static func promptFormat(_ text: String) throws -> PromptFormat {
    guard let format = PromptFormat(rawValue: text.lowercased()) else {
      let formats = PromptFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError(
        "'\(text)' is not a valid format of prompts (expected one of \(formats))")
    }
    return format
  }
}
