import NIOHTTP1

/// An image service that the gateway simulates: its addresses, its key, and how it reads and writes.
///
/// It knows nothing of the client's code, so that it cannot share the client's mistakes.
protocol SimulatedService: Sendable {
  /// The name of the service in the ledger.
  var kind: String { get }
  /// The path of a client's base URL.
  var basePath: String { get }
  /// How the service writes errors; nil if a script's own shape holds.
  var errorShape: Answer.Shape? { get }

  /// Returns what a call is for, or nil if the service has no such address.
  func purpose(_ method: HTTPMethod, _ path: [Substring]) -> Purpose?
  /// Returns the key of a call.
  func key(in headers: HTTPHeaders) -> String?
  /// Reads the body of a submit.
  func read(_ call: Call) throws(Objection) -> SubmitRequest
  /// Returns the id of the job that a poll is about.
  func job(of call: Call, _ purpose: Purpose) -> String?
  /// Returns whether the reply to a submit has the images in it.
  func showsImages(_ acceptance: Acceptance) -> Bool
  /// Returns the reply to a submit that was charged.
  func accepted(_ work: AcceptedWork) -> Offer
  /// Returns the reply to a poll.
  func polled(_ work: PolledWork) -> Offer
  /// Returns the reply to a poll of a failed job that is an error; nil if the job is polled as usual.
  func failure(of work: PolledWork) -> Answer?
  /// Reads the reference image of an upload.
  func uploaded(_ call: Call, baseURL: String) throws(Objection) -> UploadedFile
  /// Returns whether a reference image in a request must have been uploaded before.
  func isUpload(_ reference: String) -> Bool
}

/// A stored reference image.
struct UploadedFile: Sendable {
  /// The link that requests name.
  var link: String
  var reply: JSON
}

/// What a call to a service is for.
struct Purpose: Sendable {
  var endpoint: Endpoint
  var method: HTTPMethod
  /// The job that the address names.
  var job: String?
  /// Whether the result is asked for, and not the status.
  var isResult = false

  static func submit(_ method: HTTPMethod = .POST, job: String? = nil) -> Purpose {
    Purpose(endpoint: .submit, method: method, job: job)
  }

  static let upload = Purpose(endpoint: .upload, method: .POST)

  static func poll(
    _ method: HTTPMethod = .GET, job: String? = nil, isResult: Bool = false
  ) -> Purpose {
    Purpose(endpoint: .poll, method: method, job: job, isResult: isResult)
  }
}

/// A submit that was charged.
struct AcceptedWork: Sendable {
  var job: GatewayState.Job
  var request: SubmitRequest
  var acceptance: Acceptance
  /// Nil if the images come later.
  var items: [Offer.Item]?
  /// Seconds since 1970.
  var now: Double
  var baseURL: String
}

/// A job as a poll finds it.
struct PolledWork: Sendable {
  var job: GatewayState.Job
  /// The word that the script gives.
  var status: String
  /// Nil if the status shows none.
  var items: [Offer.Item]?
  /// Whether the result is asked for, and not the status.
  var isResult: Bool
  /// Seconds since 1970.
  var now: Double
  var baseURL: String
}

extension SimulatedService {
  var basePath: String { "" }

  var errorShape: Answer.Shape? { nil }

  func job(of call: Call, _ purpose: Purpose) -> String? { purpose.job }

  func showsImages(_ acceptance: Acceptance) -> Bool { true }

  /// The services that answer at once never have a job to ask about.
  func polled(_ work: PolledWork) -> Offer {
    Offer(fields: [:], items: nil, container: .data, element: nil, details: false)
  }

  /// Most services say in an ordinary reply that a job failed.
  func failure(of work: PolledWork) -> Answer? { nil }

  /// Most services have no uploads.
  func uploaded(_ call: Call, baseURL: String) throws(Objection) -> UploadedFile {
    throw Objection(answer: Answer(404, .text, message: "Nothing is here."))
  }

  func isUpload(_ reference: String) -> Bool { false }

  func bearer(_ headers: HTTPHeaders, _ scheme: String = "Bearer ") -> String? {
    let field = headers.first(name: "Authorization")
    return field.flatMap { $0.hasPrefix(scheme) ? String($0.dropFirst(scheme.count)) : nil }
  }

  /// Returns the reply in the service's own form.
  ///
  /// Replies of a simulated proxy are not changed.
  func shaped(_ answer: Answer) -> Answer {
    guard let errorShape, answer.body == nil, answer.shape != .html, answer.shape != .empty else {
      return answer
    }
    var shaped = answer
    shaped.shape = errorShape
    return shaped
  }
}

enum SimulatedServices {
  static let all: [any SimulatedService] = [
    SimulatedPixazo(), SimulatedPixazoQueue(), SimulatedArk(), SimulatedOpenAI(),
    SimulatedReplicate(), SimulatedCog(), SimulatedFal(),
  ]

  static func named(_ kind: String?) -> any SimulatedService {
    all.first { $0.kind == kind } ?? SimulatedPixazo()
  }
}
