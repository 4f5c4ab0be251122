import SeedbankProviders

extension RequestError: Explainable {
  var explained: Failure {
    switch self {
    case .emptyPrompt: Failure(.usage, "the prompt is empty")
    case .nulInPrompt:
      Failure(.usage, "the prompt contains a NUL character", hint: "remove it from the prompt")
    case .badModel: Failure(.usage, "the model's name is empty or has control characters in it")
    case .sizeNotRead(let text, let allowed):
      Failure(.usage, "'\(text)' is no size", hint: "the model takes \(allowed)")
    case .sizeNotAllowed(let size, let model, let allowed):
      Failure(
        .usage, "\(Self.named(model)) has no size \(size)", hint: Self.sizes(allowed))
    case .seedOutOfRange(let seed, let allowed):
      Failure(
        .usage, "\(seed) is no seed",
        hint: "a seed is a whole number from \(allowed.lowerBound) to \(allowed.upperBound)")
    case .recordedSeedOutOfRange(let seed, let allowed):
      Failure(
        .usage,
        "The image's seed is \(seed). The gateway takes \(allowed.lowerBound) to "
          + "\(allowed.upperBound), so the same request cannot be sent.",
        hint:
          "choose another seed with `--seed NUMBER` or `--new-seed`, and a model of the gateway "
          + "with `--set model=NAME`")
    case .guidanceOutOfRange(let value, let model, let allowed):
      Failure(
        .usage, "\(Self.named(model)) has no guidance scale \(value)",
        hint: "it takes \(allowed.lowerBound) to \(allowed.upperBound)")
    case .guidanceNotAccepted(let model):
      Failure(
        .usage, "\(Self.named(model)) takes no guidance scale", hint: "leave --guidance-scale out")
    case .guidanceNotFinite: Failure(.usage, "the guidance scale is no number")
    case .unknownResponseFormat(let text, let allowed):
      Failure(
        .usage, "'\(text)' is no response format",
        hint: "it is one of " + allowed.map(\.rawValue).joined(separator: ", "))
    case .badValue(let field):
      Failure(.usage, "the value of \(field.rawValue) is of the wrong kind")
    case .unknownField(let name):
      Failure(
        .usage, "a request has no field '\(name)'",
        hint: "its fields are " + RequestField.allCases.map(\.rawValue).joined(separator: ", "))
    case .notARequest: Failure(.badData, "the recorded body is no request with a prompt")
    }
  }

  private static func named(_ model: String?) -> String { model ?? "the gateway's own model" }

  private static func sizes(_ rule: SizeRule) -> String {
    let recommended = rule.recommended.map(\.description).joined(separator: ", ")
    return "it takes \(rule)" + (recommended.isEmpty ? "" : "; recommended are \(recommended)")
  }
}

extension GatewayAddressError: Explainable {
  var explained: Failure {
    switch self {
    case .unreadable:
      Failure(
        .notConfigured, "the gateway's address can't be read",
        hint: "it looks like \(Settings.defaultGateway)")
    case .plainHTTP(let host):
      Failure(
        .notConfigured,
        "the gateway at \(host) would be sent the key in the clear, over plain http",
        hint: "use https; plain http is for this machine only")
    case .query:
      Failure(
        .notConfigured, "the gateway's address has a query or a fragment, which it can't have")
    }
  }
}

extension APIKeyError: Explainable {
  var explained: Failure {
    switch self {
    case .empty: Failure(.notConfigured, "the API key is empty", hint: Self.hint)
    case .unprintable:
      Failure(
        .notConfigured, "the API key has a character in it that no key has", hint: Self.hint)
    case .tooLong: Failure(.notConfigured, "the API key is too long to be one", hint: Self.hint)
    }
  }

  private static let hint = "`seedbank config` says where it is read from"
}
