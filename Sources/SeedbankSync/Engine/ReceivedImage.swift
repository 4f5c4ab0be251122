import FilePaths
import SeedbankImaging

/// A received file after decoding.
struct ReceivedImage {
  /// The name of the file's kind.
  let format: String
  /// Pixels; 0 if the file was not decoded.
  let width: Int
  /// Pixels; 0 if the file was not decoded.
  let height: Int
  let perceptualHash: UInt64?
  /// What is unusual about the file; nil for an image that decoded.
  let remark: String?

  /// Decodes a file to its end.
  ///
  /// A complete file that cannot be decoded is stored as it is, because it was paid for.
  ///
  /// - Parameter takesDamaged: whether a file with damaged pixels is accepted, because another download
  ///   returns the same bytes.
  /// - Throws: `ImageError` if the file is not a complete image.
  static func read(
    _ path: FilePath, _ limits: DecodeLimits, takesDamaged: Bool
  ) throws(ImageError) -> ReceivedImage {
    do {
      let picture = try Picture.decode(contentsOf: path, limits: limits)
      return ReceivedImage(
        format: picture.header.format.rawValue, width: picture.header.uprightWidth,
        height: picture.header.uprightHeight, perceptualHash: picture.perceptualHash.rawValue,
        remark: nil)
    } catch {
      guard error.mayBeWholeFile(takesDamaged: takesDamaged),
        let image = try UndecodedImage.recognize(contentsOf: path, limits: limits)
      else { throw error }
      return ReceivedImage(
        format: image.kind.rawValue, width: 0, height: 0, perceptualHash: nil,
        remark: image.leadingBytes > 0
          ? "\(image.leadingBytes) other "
            + (image.leadingBytes == 1 ? "byte comes" : "bytes come")
            + " before the \(image.kind.rawValue) image"
          : "this \(image.kind.rawValue) file cannot be decoded")
    }
  }
}

extension ImageError {
  /// Whether the file may be complete although it did not decode.
  fileprivate func mayBeWholeFile(takesDamaged: Bool) -> Bool {
    switch self {
    case .notAnImage, .unsupported, .tooManyPixels, .decoderMissing: true
    case .damaged: takesDamaged
    case .truncated, .tooManyBytes, .unreadable, .outOfMemory, .notEncodable: false
    }
  }
}
