import FilePaths
import Platform
import SeedbankImaging

extension ImageError {
  /// The same for a file that the user named.
  func explained(of path: FilePath) -> Failure {
    if case .unreadable = self { return explained }
    return Failure(explained.status, "\(path): \(explained.sentence)", hint: explained.hint)
  }
}

extension ImageError: Explainable {
  var explained: Failure {
    switch self {
    case .notAnImage: Failure(.badData, "the file is not an image of a supported format")
    case .truncated(let format):
      Failure(.badData, "the \(format.rawValue) file is truncated")
    case .damaged(let format, let detail):
      Failure(.badData, "the \(format.rawValue) file is damaged: \(detail)")
    case .unsupported(let format, let detail):
      Failure(
        .badData, "the \(format.rawValue) file uses a feature that is not supported: \(detail)")
    case .tooManyBytes(let count, let limit):
      Failure(
        .badData,
        "the image has \(ByteCount.text(Int64(count))) (maximum: \(ByteCount.text(Int64(limit))))"
      )
    case .tooManyPixels(let width, let height, let limit):
      Failure(
        .badData, "the image has \(width)x\(height) pixels (maximum: \(limit) pixels)")
    case .unreadable(let path, let code):
      Failure(
        code == ENOENT ? .noInput : .inputOutput,
        "cannot read \(path): \(systemErrorText(code))")
    case .decoderMissing(let format, let package):
      Failure(
        .notConfigured, "cannot decode \(format.rawValue) files: a library is not installed",
        hint: "on Debian: `sudo apt install \(package)`")
    case .outOfMemory: Failure(.inputOutput, "not enough memory for the image")
    case .notEncodable(let format, let detail):
      Failure(.cannotCreate, "the image cannot be written as \(format.rawValue): \(detail)")
    }
  }
}
