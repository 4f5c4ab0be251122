/// The outcome of the upload of a reference image.
public enum UploadOutcome: Equatable, Sendable {
  /// The service has the image under this link, which replaces its bytes in the request.
  case stored(link: String)
  /// The image was not stored.
  case refused(SubmitOutcome)
}

extension SubmitOutcome {
  /// The outcome of an upload whose reply has no link.
  var ofUpload: SubmitOutcome {
    switch self {
    case .offered, .accepted: .unknown(UnknownOutcome(reason: .unreadable, message: .none))
    default: self
    }
  }
}
