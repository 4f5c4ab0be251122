import SeedbankProviders

extension RequestError: Explainable {
  var explained: Failure {
    switch self {
    case .emptyPrompt: Failure(.usage, "the prompt is empty")
    case .nulInPrompt:
      Failure(.usage, "the prompt contains a NUL character", hint: "remove it from the prompt")
    case .badModel: Failure(.usage, "the name of the model is empty or contains control characters")
    case .modelNotQualified(let model, let example):
      Failure(
        .usage, "'\(model)' is not a valid model (expected owner/name or owner/name:version)",
        hint: "for example: --model \(example)")
    case .sizeNotRead(let text, let allowed):
      Failure(.usage, "'\(text)' is not a valid size (expected \(allowed))")
    case .sizeNotAllowed(let size, let model, let allowed):
      Failure(
        .usage, "\(Self.named(model)) does not support the size \(size)", hint: Self.sizes(allowed))
    case .seedOutOfRange(let seed, let allowed):
      Failure(
        .usage,
        "'\(seed)' is not a valid seed (expected a whole number from \(allowed.lowerBound) to "
          + "\(allowed.upperBound))")
    case .recordedSeedOutOfRange(let seed, let allowed):
      Failure(
        .usage,
        "the recorded seed \(seed) cannot be sent: the gateway takes \(allowed.lowerBound) to "
          + "\(allowed.upperBound)",
        hint:
          "choose another seed with `--seed NUMBER` or `--new-seed`; if the gateway does not have "
          + "the model, also choose one with `--set model=NAME`")
    case .guidanceOutOfRange(let value, let model, let allowed):
      Failure(
        .usage, "\(Self.named(model)) does not support the guidance scale \(value)",
        hint: "use a number from \(allowed.lowerBound) to \(allowed.upperBound)")
    case .guidanceNotAccepted(let model):
      Failure(
        .usage, "\(Self.named(model)) does not support a guidance scale",
        hint: Self.leaveOut)
    case .guidanceNotFinite: Failure(.usage, "the guidance scale is not a number")
    case .unknownResponseFormat(let text, let allowed):
      Failure(
        .usage,
        "'\(text)' is not a valid response format (expected one of "
          + allowed.map(\.rawValue).joined(separator: ", ") + ")")
    case .badValue(let field):
      Failure(.usage, "the value of \(field.rawValue) has the wrong type")
    case .unknownField(let name):
      Failure(
        .usage, "the field '\(name)' does not exist",
        hint: "the fields are " + RequestField.allCases.map(\.rawValue).joined(separator: ", "))
    case .notARequest: Failure(.badData, "the recorded body is not a request with a prompt")
    case .modelRequired(let example):
      Failure(.usage, "this provider needs a model", hint: "for example: --model \(example)")
    case .fieldNotAccepted(let field, let model):
      Failure(
        .usage, "\(Self.named(model)) does not support \(field.rawValue)",
        hint: Self.leaveOut)
    case .valueNotAllowed(let field, let value, let model, let allowed):
      Failure(
        .usage, "\(Self.named(model)) does not support the \(field.rawValue) '\(value)'",
        hint: "use one of: " + allowed.joined(separator: ", "))
    case .referenceCount(let count, let model, let allowed):
      Failure(
        .usage, Self.referenceSentence(count, model, allowed),
        hint: "`seedbank providers` lists the models and how many reference images they take")
    case .referenceTooLarge(let position, let bytes, let allowed):
      Failure(
        .usage,
        "reference image \(position) has \(bytes) bytes; the model takes at most \(allowed)",
        hint: "make the image smaller")
    case .referenceTooManyPixels(let position, let size, let allowed):
      Failure(
        .usage,
        "reference image \(position) has \(size) pixels; the model takes at most \(allowed) pixels",
        hint: "make the image smaller")
    case .referenceTooSmall(let position, let size, let smallest):
      Failure(
        .usage,
        "reference image \(position) has \(size) pixels; the model needs at least \(smallest) on each side",
        hint: "make the image larger")
    case .referenceMustBeLink(let position, let model):
      Failure(
        .usage,
        "reference image \(position) is a file, and \(Self.named(model)) takes only links",
        hint: "upload the image and give its https address to --reference")
    case .groupOutOfRange(let count, let model, let allowed):
      Failure(
        .usage,
        allowed.upperBound == 1
          ? "\(Self.named(model)) makes one image per request"
          : "\(Self.named(model)) cannot make \(count) images in one request",
        hint: allowed.upperBound == 1
          ? "use --count \(count)" : "use --group with 1 to \(allowed.upperBound)")
    }
  }

  private static func referenceSentence(
    _ count: Int, _ model: String?, _ allowed: ClosedRange<Int>
  ) -> String {
    if allowed.upperBound == 0 { return "\(named(model)) does not take reference images" }
    if count < allowed.lowerBound { return "\(named(model)) needs a reference image" }
    return
      "\(named(model)) takes at most \(Count.text(allowed.upperBound, "reference image")), not \(count)"
  }

  /// `FieldOrigins` names the option or the setting if a command knows it.
  private static let leaveOut = "leave it out, or use another model"

  private static func named(_ model: String?) -> String { model ?? "the default model" }

  private static func sizes(_ rule: SizeRule) -> String {
    let recommended = rule.recommended.map(\.description).joined(separator: ", ")
    return "use \(rule)" + (recommended.isEmpty ? "" : " (recommended: \(recommended))")
  }
}

extension GatewayAddressError: Explainable {
  var explained: Failure {
    switch self {
    case .unreadable:
      Failure(
        .notConfigured, "the gateway's address is not a valid URL",
        hint: "write it like \(Settings.defaultGateway)")
    case .plainHTTP(let host):
      Failure(
        .notConfigured,
        "the key cannot be sent to the gateway at \(host): plain http is not encrypted",
        hint: "use https; plain http is allowed on this computer only")
    case .query:
      Failure(
        .notConfigured, "the gateway's address contains a query or a fragment",
        hint: "write it like \(Settings.defaultGateway)")
    }
  }
}

extension APIKeyError: Explainable {
  var explained: Failure {
    switch self {
    case .empty: Failure(.notConfigured, "the API key is empty", hint: Self.hint)
    case .unprintable:
      Failure(
        .notConfigured, "the API key contains an invalid character", hint: Self.hint)
    case .tooLong: Failure(.notConfigured, "the API key is too long", hint: Self.hint)
    }
  }

  private static let hint = "`seedbank config` shows where the key is read from"
}
