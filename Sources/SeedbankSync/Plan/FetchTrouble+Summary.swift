import SeedbankImaging
import SeedbankProviders

extension FetchTrouble {
  /// A short description without a URL.
  public var summary: String {
    switch self {
    case .download(let error): Self.words(error)
    case .refused(let status): "its server refuses the link (\(status))"
    case .notAnImage(let error): Self.words(error)
    case .notBase64: "the reply's base64 is damaged"
    }
  }

  private static func words(_ error: DownloadError) -> String {
    switch error {
    case .expired(let status): "its link expired (\(status))"
    case .notAvailable(let status, _): "its server refuses it (status \(status))"
    case .throttled: "the image server asks for a pause (429)"
    case .server(let status, _): "the image server failed (\(status))"
    case .unexpectedStatus(let status): "the image server answered with status \(status)"
    case .tooLarge(let limit): "it is larger than \(limit >> 20) MiB"
    case .shortBody(let expected, let received):
      "it ended after \(received)" + (expected.map { " of \($0)" } ?? "") + " bytes"
    case .stalled: "the image server stopped sending data"
    case .connection(let fault): fault.summary(of: "the image server")
    case .badAddress: "its link is not a valid address"
    case .addressRefused: "its link points to this computer or its network"
    case .redirectRefused: "its link points to an address that is not allowed"
    case .rangeRefused: "the image server did not send the image as requested"
    case .cancelled: "the download was interrupted"
    }
  }

  private static func words(_ error: ImageError) -> String {
    switch error {
    case .notAnImage: "the file is not an image"
    case .truncated(let format): "the \(format.rawValue) is truncated"
    case .damaged(let format, let detail): "the \(format.rawValue) is damaged (\(detail))"
    case .unsupported(let format, let detail): "the \(format.rawValue) is not supported (\(detail))"
    case .tooManyBytes(let count, let limit): "it has \(count) bytes (maximum: \(limit))"
    case .tooManyPixels(let width, let height, let limit):
      "it has \(width)x\(height) pixels (maximum: \(limit) pixels)"
    case .unreadable: "its file cannot be read"
    case .decoderMissing(let format, let package):
      "the library for \(format.rawValue) is not installed (\(package))"
    case .outOfMemory: "not enough memory to decode it"
    case .notEncodable(let format, let detail):
      "it cannot be written as \(format.rawValue) (\(detail))"
    }
  }
}
