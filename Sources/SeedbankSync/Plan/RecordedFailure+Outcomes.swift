package import SeedbankModel
import SeedbankProviders

// If the gateway gives no code, Seedbank uses its own. Scripts and users search by codes.

extension RecordedFailure {
  init(_ refusal: Refusal, by provider: ProviderSubject) {
    let (code, words) =
      switch refusal.kind {
      case .badRequest(let status): ("bad-request", "\(provider) refused the request (\(status))")
      case .moderation: ("moderation", "moderation rejected the prompt or the image")
      case .modelNotFound: ("model-not-found", "\(provider) does not know the model")
      case .noSuchRoute: ("no-such-route", "the address of \(provider) is probably wrong")
      case .redirected(let status):
        ("redirected", "\(provider) answered with a redirect (\(status))")
      case .stated: ("refused", "\(provider) reports an error")
      case .everyImageFailed: ("every-image-failed", "every image of the group failed")
      }
    self.init(code, words, refusal.message)
  }

  init(_ unknown: UnknownOutcome, by provider: ProviderSubject) {
    let (code, words) =
      switch unknown.reason {
      case .server(let status): ("server-error", "\(provider) failed (\(status))")
      case .unexpectedStatus(let status):
        ("unexpected-status", "\(provider) answered with status \(status)")
      case .redirected(let status):
        ("redirected", "\(provider) answered with a redirect (\(status))")
      case .unreadable: ("unreadable-reply", "the reply cannot be read")
      case .noImageNoJob: ("no-image", "the reply has neither an image nor a job")
      case .statedFault: ("server-error", "\(provider) reports an error")
      case .timedOut: ("timeout", "no reply arrived in time")
      case .connectionLost(let fault):
        ("connection-lost", "after it was sent, \(fault.summary(of: provider.description))")
      case .replyTooLarge(let limit):
        ("reply-too-large", "the reply is larger than \(limit >> 20) MiB")
      case .cancelled: ("stopped", "the wait for the reply was stopped")
      }
    self.init(code, words, unknown.message)
  }

  init(_ failure: JobFailure) {
    let code = failure.isModeration ? "moderation" : "job-failed"
    let status = failure.status.map { " (“\($0.word)”)" } ?? ""
    let charge = failure.mayBeCharged ? " and may have been charged" : ""
    self.init(code, "the job failed\(status)\(charge)", failure.message)
  }

  static func notUploaded(_ failure: RecordedFailure) -> RecordedFailure {
    RecordedFailure(
      code: failure.code, message: "a reference image was not uploaded: \(failure.message)")
  }

  static let noImage = RecordedFailure(
    code: "no-image",
    message: "the job succeeded, but its reply has no image; it may have been charged")

  init(_ interception: Interception, of provider: ProviderSubject) {
    self.init(
      "intercepted",
      "the reply probably came from a proxy or a firewall, not from \(provider) "
        + "(status \(interception.status))", interception.message)
  }

  static func jobGone(
    _ message: GatewayMessage, at provider: ProviderSubject
  ) -> RecordedFailure {
    RecordedFailure("job-not-found", "\(provider) no longer knows the job", message)
  }

  static func expired(_ remark: String?) -> RecordedFailure {
    RecordedFailure(
      code: "expired", message: remark ?? "the image's link expired before it was downloaded")
  }

  /// The code of a reply whose images are not image files.
  package static let unusableCode = "unusable-image"

  static func unusableImages(_ remark: String?) -> RecordedFailure {
    RecordedFailure(
      code: unusableCode, message: remark ?? "the reply contains no image that can be saved")
  }

  /// Seedbank's own words, then the gateway's message.
  private init(_ code: String, _ words: String, _ message: GatewayMessage?) {
    let theirs = message?.description ?? ""
    self.init(code: code, message: theirs.isEmpty ? words : "\(words): \(theirs)")
  }
}
