import FilePaths
import SeedbankImaging
import SeedbankProviders
import SeedbankStorage

extension FetchOutcome {
  /// Returns what a download error means for the image.
  init(_ error: DownloadError) {
    switch error {
    case .expired(let status): self = .expired(status: status)
    case .notAvailable(let status, let pause): self = .refused(status: status, retryAfter: pause)
    case .throttled(let pause), .server(_, let pause):
      self = .trouble(.download(error), retryAfter: pause)
    case .shortBody, .stalled, .connection, .unexpectedStatus, .rangeRefused:
      self = .trouble(.download(error), retryAfter: nil)
    case .tooLarge, .badAddress, .addressRefused, .redirectRefused:
      self = .unfetchable(.download(error))
    case .cancelled: self = .interrupted
    }
  }

  /// Returns what a decoding error of downloaded bytes means.
  ///
  /// - Throws: `LibraryError` if this computer is the cause.
  init(_ error: ImageError, of path: FilePath) throws(LibraryError) {
    switch error {
    case .notAnImage, .truncated, .damaged, .outOfMemory:
      self = .trouble(.notAnImage(error), retryAfter: nil)
    case .unsupported, .tooManyBytes, .tooManyPixels, .notEncodable, .decoderMissing:
      self = .unfetchable(.notAnImage(error))
    case .unreadable(_, let code):
      throw .inputOutput(operation: "read", path: path, errno: code)
    }
  }
}
