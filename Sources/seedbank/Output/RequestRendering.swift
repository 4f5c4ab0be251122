import SeedbankModel
import SeedbankProviders
import SeedbankStorage
import SeedbankSync

/// A recorded request, ready to be made again elsewhere. The key is never in it: what is printed
/// names the variable that holds it, and hands it on where no list of processes shows it.
enum RequestRendering {
  /// The request in one form.
  /// - Throws: `RequestError` where no such request may be made, `LibraryError`, or `Failure`.
  static func text(
    _ generation: Generation, _ form: ShowCommand.Form, _ library: Library, _ session: Session
  ) throws -> String {
    func body() throws -> [UInt8] {
      try plan().unchangedBody().bytes
    }
    func plan() throws -> ReproductionPlan {
      try ReproductionPlan(of: generation, recorded: library.requestBody(of: generation.id))
    }
    switch form {
    case .cli:
      try plan().checkSeed(isChosen: false)
      return commandLine(generation)
    case .prompt: return generation.prompt
    case .json: return String(decoding: try body(), as: UTF8.self)
    case .curl:
      let address = try generation.gateway ?? Settings(session).gateway().value
      return try curl(body(), to: (try? GatewayAddress(address).description) ?? address)
    }
  }

  /// Prints it as it is; a terminal gets no escapes, and the person is told where that cost a byte.
  static func print(_ request: String, _ session: Session) {
    let safe = session.terminal.isPresent ? SafeText.lines(request) : request
    session.output.write(safe + "\n")
    if safe != request {
      session.talk.warn(
        "control characters were left out",
        hint: "write the output to a file or a pipe to get the exact request")
    }
  }

  /// The `seedbank generate` that asks for the same.
  private static func commandLine(_ generation: Generation) -> String {
    let parameters = generation.parameters
    var words = ["seedbank", "generate"]
    func add(_ option: String, _ value: String?) {
      if let value { words += [option, value] }
    }
    add("--model", parameters.model)
    add("--size", parameters.size)
    add("--seed", parameters.seed.map { "\($0)" })
    add("--guidance-scale", parameters.guidanceScale.map { "\($0)" })
    if let watermark = parameters.watermark {
      words.append(watermark ? "--watermark" : "--no-watermark")
    }
    add("--response-format", parameters.responseFormat)
    for tag in generation.tags { add("--tag", tag) }
    return (words.map(ShellWord.quoted) + ["--", ShellWord.quoted(generation.prompt)])
      .joined(separator: " ")
  }

  /// The same request by curl, its body byte for byte.
  private static func curl(_ body: [UInt8], to gateway: String) -> String {
    let variable = APIKeySource.variableName
    return [
      "printf 'Ocp-Apim-Subscription-Key: %s' \"${\(variable):?}\" |",
      "  curl -sS \(ShellWord.quoted(gateway + "/byteplus/v1/getTextToImage")) -H @- \\",
      "  -H 'Content-Type: application/json' -H 'Cache-Control: no-cache' \\",
      "  --data-binary \(ShellWord.quoted(String(decoding: body, as: UTF8.self)))",
    ].joined(separator: "\n")
  }
}
