import Testing

@testable import SeedbankProviders

/// What is recorded for a request is what is sent: no parameter may disappear without a word.
@Suite("A model that is not in the table")
struct UnlistedModelTests {
  struct Parameter: Sendable, CustomTestStringConvertible {
    let name: RequestParameter
    /// The text in the body of a request that has the parameter.
    let mark: String
    let set: @Sendable (inout RequestParameters) -> Void

    var testDescription: String { name.rawValue }
  }

  static let parameters = [
    Parameter(name: .seed, mark: "4321") { $0.seed = 4321 },
    Parameter(name: .guidanceScale, mark: "6.25") { $0.guidanceScale = 6.25 },
    Parameter(name: .size, mark: "1136") { $0.size = .pixels(width: 1136, height: 1136) },
    Parameter(name: .watermark, mark: "watermark") { $0.watermark = true },
    Parameter(name: .responseFormat, mark: "b64_json") { $0.responseFormat = .base64 },
    Parameter(name: .outputFormat, mark: "webp") { $0.outputFormat = "webp" },
    Parameter(name: .promptMode, mark: "fast") { $0.promptMode = "fast" },
    Parameter(name: .group, mark: ":7") { $0.group = 7 },
    Parameter(name: .references, mark: "a.example/1") {
      $0.references = [.link("https://a.example/1.png")]
    },
  ]

  /// A name for each kind of service, in the form of the service.
  static let models = [
    "pixazo": ["ep-2025-abc", "seedream-5-pro-2027"], "ark": ["ep-2025-abc"],
    "openai": ["sdxl", "gpt-image-9"], "fal": ["fal-ai/flux/dev"],
    "replicate": ["black-forest-labs/flux-dev", "cog"],
  ]

  @Test("each parameter is sent, left out with a warning, or refused", arguments: parameters)
  func parameter(_ parameter: Parameter) throws {
    for service in ImageServices.all {
      for model in try #require(Self.models[service.kind]) {
        #expect(service.rules(of: model).family == nil)
        var request = SubmitRequest(prompt: "p", parameters: RequestParameters(model: model))
        parameter.set(&request.parameters)
        let said = "\(service.kind) \(model) \(parameter.name.rawValue)"
        do throws(RequestError) {
          let warnings = try request.validate(for: service)
          let body = String(decoding: try request.encode(for: service).body.bytes, as: UTF8.self)
          #expect(warnings.contains(.unknownModel(model)), "\(said)")
          let isNamed = warnings.contains(.fieldLeftOut(parameter.name, model: model))
          #expect(body.contains(parameter.mark) != isNamed, "\(said): \(body)")
        } catch {
          #expect(Self.refused(by: error) == parameter.name, "\(said): \(error)")
        }
      }
    }
  }

  private static func refused(by error: RequestError) -> RequestParameter? {
    switch error {
    case .fieldNotAccepted(let parameter, _): parameter
    case .guidanceNotAccepted: .guidanceScale
    case .groupOutOfRange: .group
    case .referenceCount: .references
    default: nil
    }
  }

  @Test(
    "a parameter that the service can send is sent with any value",
    arguments: [
      ("ark", "ep-1", #"{"model":"ep-1","prompt":"p","output_format":"webp"}"#),
      ("openai", "sdxl", #"{"model":"sdxl","prompt":"p","output_format":"webp"}"#),
      ("fal", "fal-ai/flux/dev", #"{"prompt":"p","output_format":"webp"}"#),
      ("replicate", "a/b", #"{"input":{"prompt":"p","output_format":"webp"}}"#),
    ])
  func outputFormat(_ kind: String, _ model: String, _ body: String) throws {
    let service = try #require(ImageServices.of(kind: kind))
    let request = try SubmitRequest(
      prompt: "p", parameters: RequestParameters(model: model, outputFormat: "webp")
    ).encode(for: service)
    #expect(String(decoding: request.body.bytes, as: UTF8.self) == body)
    // A reproduction reads it from the recorded body.
    var parameters = RequestParameters()
    parameters.readOptions(of: request.body)
    #expect(parameters.outputFormat == "webp")
  }
}
