import SeedbankModel
import SeedbankProviders
import SeedbankStorage
import SeedbankSync

/// A recorded request in a form that can be repeated elsewhere.
///
/// It never contains the key: it names the variable of the key, and passes the key so that it does
/// not appear in the list of processes.
enum RequestRendering {
  /// Returns the request in one form.
  /// - Throws: `RequestError` if the request is not allowed, `LibraryError`, or `Failure`.
  static func text(
    _ generation: Generation, _ form: ShowCommand.Form, _ library: Library, _ session: Session
  ) throws -> String {
    func plan() throws -> ReproductionPlan {
      try ReproductionPlan(
        of: generation, recorded: library.requestBody(of: generation.id),
        provider: RequestProvider(
          name: generation.provider.name ?? Settings.standardProvider,
          service: RequestProvider.standard.service, base: nil))
    }
    switch form {
    case .cli:
      try plan().checkSeed(isChosen: false)
      return commandLine(generation, try library.requestBody(of: generation.id))
    case .prompt: return generation.prompt
    case .json: return String(decoding: try plan().unchangedRequest().body.bytes, as: UTF8.self)
    case .curl:
      guard generation.references.isEmpty else {
        throw Failure(
          .usage,
          "the request of \(generation.id) has reference images, which curl cannot read here",
          hint: "`seedbank show \(generation.id) --as json` prints the request without them")
      }
      let provider = try Settings(session)
        .provider(generation.provider.name ?? Settings.standardProvider)
      let address = generation.gateway ?? "\(provider.address)"
      return try curl(
        provider, plan().unchangedRequest(),
        to: (try? GatewayAddress(address).description) ?? address, generation.uid)
    }
  }

  /// Prints it unchanged.
  ///
  /// For a terminal, escapes are removed, and a note says so.
  static func print(_ request: String, _ session: Session) {
    let safe = session.terminal.isPresent ? SafeText.lines(request) : request
    session.output.write(safe + "\n")
    if safe != request {
      session.talk.warn(
        "control characters were left out",
        hint: "write the output to a file or a pipe to get the exact request")
    }
  }

  /// The `seedbank generate` command for the same request.
  private static func commandLine(_ generation: Generation, _ body: [UInt8]?) -> String {
    let parameters = generation.parameters
    var options = RequestParameters()
    if let body { options.readOptions(of: RequestBody(recorded: body)) }
    var words = ["seedbank", "generate"]
    func add(_ option: String, _ value: String?) {
      if let value { words += [option, value] }
    }
    // Always, because the setting `provider` may be another one.
    add("--provider", generation.providerName)
    add("--group", generation.provider.groupSize.map { "\($0)" })
    for image in references(of: generation, body) { add("--reference", image) }
    add("--model", parameters.model)
    add("--size", parameters.size)
    add("--seed", parameters.seed.map { "\($0)" })
    add("--guidance-scale", parameters.guidanceScale.map { "\($0)" })
    if let watermark = parameters.watermark {
      words.append(watermark ? "--watermark" : "--no-watermark")
    }
    add("--response-format", parameters.responseFormat)
    add("--output-format", options.outputFormat)
    add("--optimize-prompt", options.promptMode)
    for tag in generation.tags { add("--tag", tag) }
    return (words.map(ShellWord.quoted) + ["--", ShellWord.quoted(generation.prompt)])
      .joined(separator: " ")
  }

  /// The reference images in the form of `generate`: the recorded links, or else the digests of the files.
  private static func references(of generation: Generation, _ body: [UInt8]?) -> [String] {
    let digests = generation.references.map { $0.digest.description }
    guard let body, let images = try? JSONDocument(body).root["image"] else { return digests }
    // A body has links only if a model of its `generate` command took no files.
    let links = (images.elements ?? [images]).compactMap { $0.string }.filter {
      $0.hasPrefix("https://") || $0.hasPrefix("http://")
    }
    return links.count == digests.count ? links : digests
  }

  /// The same request with curl, with exactly the same body.
  private static func curl(
    _ provider: ConfiguredProvider, _ request: EncodedRequest, to base: String, _ uid: UID
  ) -> String {
    let variable = APIKeySource.variableName(for: provider.name)
    let call = provider.service.nextCall(for: .recorded(request, clientID: uid.description))
    let headers =
      ["Content-Type: application/json"] + call.headers.map { "\($0.name): \($0.value)" }
    let field = provider.service.keyField
    let method = call.method == .put ? " -X PUT" : ""
    return [
      "printf '\(field.name): \(field.prefix)%s' \"${\(variable):?}\" |",
      "  curl -sS\(method) \(ShellWord.quoted(base + call.path)) -H @- \\",
      "  " + headers.map { "-H '\($0)'" }.joined(separator: " ") + " \\",
      "  --data-binary \(ShellWord.quoted(String(decoding: request.body.bytes, as: UTF8.self)))",
    ].joined(separator: "\n")
  }
}
