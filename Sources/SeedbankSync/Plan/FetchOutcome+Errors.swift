import FilePaths
import SeedbankImaging
import SeedbankProviders
import SeedbankStorage

extension FetchOutcome {
  /// What an error of a download means for the image.
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

  /// What it means that downloaded bytes do not decode.
  ///
  /// - Throws: `LibraryError` where the machine is at fault.
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
