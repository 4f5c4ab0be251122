import Gateway
import Storage

/// A recorded request, ready to be made again elsewhere. The key is never in it: what is printed
/// names the variable that holds it.
enum RequestRendering {
  /// The request in one form.
  /// - Throws: `RequestError` where no such request may be made, `LibraryError`, or `Failure`.
  static func text(
    _ generation: Generation, _ form: ShowCommand.Form, _ library: Library, _ session: Session
  ) throws -> String {
    func body() throws -> [UInt8] {
      try Self.body(generation, recorded: library.requestBody(of: generation.id))
    }
    switch form {
    case .cli: return commandLine(generation)
    case .prompt: return generation.prompt
    case .json: return String(decoding: try body(), as: UTF8.self)
    case .curl:
      return try curl(body(), gateway: generation.gateway ?? Settings(session).gateway().value)
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
  private static func curl(_ body: [UInt8], gateway: String) -> String {
    let headers = [
      "Content-Type: application/json", "Cache-Control: no-cache",
    ].map { "  -H \(ShellWord.quoted($0))" }
    let lines =
      ["curl -sS \(ShellWord.quoted(gateway + "/byteplus/v1/getTextToImage"))"] + headers
      + [
        "  -H \"Ocp-Apim-Subscription-Key: $\(APIKeySource.variableName)\"",
        "  --data-binary \(ShellWord.quoted(String(decoding: body, as: UTF8.self)))",
      ]
    return lines.joined(separator: " \\\n")
  }

  /// The body as it was or will be sent; of an imported generation, the one that asks for the same.
  /// - Throws: `RequestError` where no such request may be made.
  private static func body(_ generation: Generation, recorded: [UInt8]?) throws -> [UInt8] {
    if let recorded { return recorded }
    let parameters = generation.parameters
    var request = SubmitRequest(prompt: generation.prompt)
    request.parameters.model = parameters.model
    request.parameters.size = parameters.size.flatMap { ImageSize($0) }
    request.parameters.seed = parameters.seed.map { Int($0) }
    request.parameters.guidanceScale = parameters.guidanceScale
    request.parameters.watermark = parameters.watermark
    request.parameters.responseFormat = parameters.responseFormat.flatMap(ResponseFormat.init)
    return try request.encode().bytes
  }
}
