public import FoundationEssentials

/// One kind of image service: a table of what its models can do, and four pure functions.
///
/// HTTP, records, claims, redaction, downloads and retries are shared. The paths, headers and status
/// words of a service are in its own file only.
public protocol ImageService: Sendable {
  /// The name of the kind in the config file, such as `ark`.
  var kind: String { get }
  /// The base URL that is used if none is configured; nil if one must be configured.
  var standardBase: String? { get }
  /// The header that carries the key.
  var keyField: KeyField { get }
  /// The known models, by the start of their names. The first match is used.
  var models: [ListedModel] { get }
  /// The rules for requests that name no model; nil if a model must be named.
  var standardModel: ModelRules? { get }
  /// The rules for a model that is not in the table, without a family.
  ///
  /// They allow only parameters that ``encode(_:)`` can write. All others are refused, or ignored with a
  /// warning, because a request must not be recorded with a parameter that was not sent.
  var unknownModel: ModelRules { get }

  /// Whether requests become jobs that can be polled. If not, every reply is final.
  var namesJobs: Bool { get }
  /// The endpoint of servers with the same protocol that have no jobs; nil if there are no such servers.
  var endpointWithoutJobs: String? { get }

  /// Returns the rules for a model's name; for a model that is not in the table, rules without a family.
  func rules(of model: String?) -> ModelRules
  /// Checks the form of a model's name.
  func checkName(ofModel name: String) throws(RequestError)
  /// Returns the base URL to which the paths of the calls are appended.
  func normalizedBase(_ base: String) -> String
  /// Returns the request as it is recorded.
  ///
  /// - Parameter request: Valid by the rules of its model.
  func encode(_ request: SubmitRequest) throws(RequestError) -> EncodedRequest
  /// Returns the meaning of a reply to a submit.
  func readSubmit(_ reply: Reply, at now: Date) -> SubmitOutcome
  /// Returns the meaning of a reply to a submit, for services whose endpoints have different replies.
  func readSubmit(_ reply: Reply, from endpoint: String, at now: Date) -> SubmitOutcome
  /// Returns the meaning of a reply to a poll or to the call for the result.
  func readPoll(_ reply: Reply, to call: JobState, at now: Date) -> PollReading
  /// Returns the next call for a job.
  func nextCall(for state: JobState) -> ServiceCall
  /// Returns whether the reply to a request may contain the images, which need disk space.
  func repliesWithImages(to request: EncodedRequest) -> Bool
  /// Returns whether a request to an endpoint can be sent again, with the same id of the client, without a
  /// second charge.
  func canRepeat(requestTo endpoint: String) -> Bool
  /// Returns the call that uploads a reference image before the request is sent; nil if its bytes are sent in
  /// the request.
  ///
  /// - Parameter placeholder: The name of the image in the recorded request.
  func upload(
    of image: ReferenceBytes, named placeholder: String, for request: EncodedRequest
  ) -> ServiceCall?
  /// Returns the meaning of a reply to an upload.
  func readUpload(_ reply: Reply, at now: Date) -> UploadOutcome
  /// Returns the estimated price of a request, or nil if it is not known.
  func price(of request: SubmitRequest, by prices: PriceTable) -> Price?

  /// Reads the parameters that only the recorded body has: the catalog has no columns for them.
  func readOptions(of body: RequestBody, into parameters: inout RequestParameters)
}

/// A row of a service's table of models.
public struct ListedModel: Sendable {
  /// A full name that a request can have.
  public let name: String
  /// The start of the family's names, in lower case.
  public let prefix: String
  /// The rules of the family.
  public let rules: ModelRules

  init(_ name: String, prefix: String? = nil, _ rules: ModelRules) {
    self.name = name
    self.prefix = prefix ?? name
    self.rules = rules
  }
}

/// The header that carries a service's key.
public struct KeyField: Equatable, Sendable {
  /// The name of the header.
  public let name: String
  /// The text before the key in the value.
  public let prefix: String
}

extension ImageService {
  /// Most services have jobs.
  public var namesJobs: Bool { true }

  /// Most protocols are those of one service.
  public var endpointWithoutJobs: String? { nil }

  /// The endpoints of most services have the same replies.
  public func readSubmit(_ reply: Reply, from endpoint: String, at now: Date) -> SubmitOutcome {
    readSubmit(reply, at: now)
  }

  /// Most services reply with links, unless the request asks for the images.
  public func repliesWithImages(to request: EncodedRequest) -> Bool {
    let format = (try? request.body.object())?["response_format"]?.string
    return format == ResponseFormat.base64.rawValue
  }

  /// Most services start new work, and charge for it, each time that a request arrives.
  public func canRepeat(requestTo endpoint: String) -> Bool { false }

  /// Most services take the bytes of an image in the request.
  public func upload(
    of image: ReferenceBytes, named placeholder: String, for request: EncodedRequest
  ) -> ServiceCall? { nil }

  /// A service without uploads has no link for an image.
  public func readUpload(_ reply: Reply, at now: Date) -> UploadOutcome {
    .refused(readSubmit(reply, at: now).ofUpload)
  }

  /// Most services have no such parameters.
  public func readOptions(of body: RequestBody, into parameters: inout RequestParameters) {}

  /// The rules for a model's name.
  ///
  /// A model that is not in the table has the rules of ``unknownModel``.
  public func rules(of model: String?) -> ModelRules {
    guard let model else { return standardModel ?? unknownModel }
    let name = model.lowercased()
    return models.first { name.hasPrefix($0.prefix) }?.rules ?? unknownModel
  }

  /// Allows every name.
  public func checkName(ofModel name: String) throws(RequestError) {}

  /// The unchanged base URL, without a slash at its end.
  public func normalizedBase(_ base: String) -> String {
    base.hasSuffix("/") ? String(base.dropLast()) : base
  }

  /// The price by the table: the number of images times the price of one, plus the reference images that
  /// are not included.
  public func price(of request: SubmitRequest, by prices: PriceTable) -> Price? {
    prices.price(of: request, rules: rules(of: request.parameters.model))
  }
}

extension ImageService where Self == Pixazo {
  /// The gateway that is used unless another provider is chosen.
  public static var pixazo: Pixazo { Pixazo() }
}

extension RequestParameters {
  /// Reads the parameters that only the recorded body of a request has, whichever service it was for.
  public mutating func readOptions(of body: RequestBody) {
    for service in ImageServices.all { service.readOptions(of: body, into: &self) }
  }
}

/// The kinds of services that are known.
public enum ImageServices {
  /// All of them, the default first.
  public static let all: [any ImageService] = [
    Pixazo(), Ark(), OpenAICompatible(), Fal(), Replicate(),
  ]

  /// The service of a kind, or nil if there is none.
  public static func of(kind: String) -> (any ImageService)? { all.first { $0.kind == kind } }

  /// Whether a request to an endpoint can be sent again without a second charge.
  package static func canRepeat(requestTo endpoint: String) -> Bool {
    all.contains { $0.canRepeat(requestTo: endpoint) }
  }
}
