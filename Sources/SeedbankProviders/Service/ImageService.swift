public import FoundationEssentials

/// One kind of image service: a table of what its models can do, and five pure functions.
///
/// HTTP, the record of what was sent, claims, redaction, downloads and retries are shared. A path, a
/// header or a status word of a service stands in its own file and nowhere else.
public protocol ImageService: Sendable {
  /// The name of the kind in the config file, such as `ark`.
  var kind: String { get }
  /// The base URL that is used if none is configured; nil if one must be configured.
  var standardBase: String? { get }
  /// The header that carries the key.
  var keyField: KeyField { get }
  /// The models that are known, by the beginning of their names; the first that fits holds.
  var models: [ListedModel] { get }
  /// The rules for requests that name no model; nil if a model must be named.
  var standardModel: ModelRules? { get }

  /// Whether requests become jobs that can be asked for; if not, every reply is final.
  var namesJobs: Bool { get }

  /// Returns the rules for a model's name; those of no family for a model that is not in the table.
  func rules(of model: String?) -> ModelRules
  /// Returns the base URL in the form that the paths of the calls continue.
  func normalizedBase(_ base: String) -> String
  /// Returns the request as it is recorded.
  ///
  /// - Parameter request: Valid by the rules of its model.
  func encode(_ request: SubmitRequest) throws(RequestError) -> EncodedRequest
  /// Returns what a reply to a submit means.
  func readSubmit(_ reply: Reply, at now: Date) -> SubmitOutcome
  /// Returns what a reply to a poll, or to the call for the result, means.
  func readPoll(_ reply: Reply, to call: JobState, at now: Date) -> PollReading
  /// Returns the call that comes next for a job.
  func nextCall(for state: JobState) -> ServiceCall
  /// Returns the estimated price of a request, or nil if it is not known.
  func price(of request: SubmitRequest, by prices: PriceTable) -> Price?
}

/// A row of a service's table of models.
public struct ListedModel: Sendable {
  /// A full name that a request can have.
  public let name: String
  /// How the names of the family begin, in lower case.
  public let prefix: String
  /// What is known of the family.
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
  /// What stands before the key in its value.
  public let prefix: String
}

extension ImageService {
  /// Most services name jobs.
  public var namesJobs: Bool { true }

  /// The rules for a model's name. Rules of no family hold for a model that is not in the table:
  /// everything well formed is let through.
  public func rules(of model: String?) -> ModelRules {
    guard let model else { return standardModel ?? .unknown }
    let name = model.lowercased()
    return models.first { name.hasPrefix($0.prefix) }?.rules ?? .unknown
  }

  /// The base URL as it is, without a slash at its end.
  public func normalizedBase(_ base: String) -> String {
    base.hasSuffix("/") ? String(base.dropLast()) : base
  }

  /// The price by the table: images times the price of one, and reference images after those that are
  /// included.
  public func price(of request: SubmitRequest, by prices: PriceTable) -> Price? {
    prices.price(of: request, rules: rules(of: request.parameters.model), kind: kind)
  }
}

extension ImageService where Self == Pixazo {
  /// The gateway that is used unless another provider is chosen.
  public static var pixazo: Pixazo { Pixazo() }
}

/// The kinds of services that are known.
public enum ImageServices {
  /// All of them, the default first.
  public static let all: [any ImageService] = [
    Pixazo(), Ark(), OpenAICompatible(), Fal(), Replicate(),
  ]

  /// The service of a kind, or nil if there is none.
  public static func of(kind: String) -> (any ImageService)? { all.first { $0.kind == kind } }
}
