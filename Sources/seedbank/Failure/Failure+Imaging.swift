import FilePaths
import Glibc
import SeedbankImaging

extension ImageError {
  /// The same of a file that a person named.
  func explained(of path: FilePath) -> Failure {
    if case .unreadable = self { return explained }
    return Failure(explained.status, "\(path): \(explained.sentence)", hint: explained.hint)
  }
}

extension ImageError: Explainable {
  var explained: Failure {
    switch self {
    case .notAnImage: Failure(.badData, "the file is not an image that Seedbank reads")
    case .truncated(let format):
      Failure(.badData, "the \(format.rawValue) file ends before its picture does")
    case .damaged(let format, let detail):
      Failure(.badData, "the \(format.rawValue) file is damaged: \(detail)")
    case .unsupported(let format, let detail):
      Failure(.badData, "the \(format.rawValue) file is of a kind that is not read: \(detail)")
    case .tooManyBytes(let count, let limit):
      Failure(
        .badData,
        "the picture has \(ByteCount.text(Int64(count))), more than the \(ByteCount.text(Int64(limit))) allowed"
      )
    case .tooManyPixels(let width, let height, let limit):
      Failure(
        .badData, "the picture has \(width)x\(height) pixels, more than the \(limit) allowed")
    case .unreadable(let path, let code):
      Failure(
        code == ENOENT ? .noInput : .inputOutput,
        "\(path) can't be read: \(String(cString: strerror(code)))")
    case .decoderMissing(let format, let package):
      Failure(
        .notConfigured, "\(format.rawValue) files cannot be decoded: a library is not installed",
        hint: "on Debian: apt-get install \(package)")
    case .outOfMemory: Failure(.inputOutput, "there is not enough memory for the picture")
    case .notEncodable(let format, let detail):
      Failure(.cannotCreate, "the picture can't be written as \(format.rawValue): \(detail)")
    }
  }
}
