/// A kind of image file that a library can store.
///
/// The name becomes part of a path, so a name from a catalog or a dump must be one of these. Files
/// of a kind that cannot be decoded are stored unchanged.
public enum ImageKind: String, Sendable, CaseIterable {
  case jpeg, png, webp, gif, avif, heic, jxl, tiff, bmp, ico

  /// Reads a file name extension without its dot; nil if no kind has it.
  public init?(fileExtension: some StringProtocol) {
    let kind = Self.allCases.first { $0.fileExtension == fileExtension }
    guard let kind else { return nil }
    self = kind
  }

  /// The file name extension in the library, without its dot.
  public var fileExtension: String { self == .jpeg ? "jpg" : rawValue }

  /// All names, in the form for the end of a sentence.
  package static let list =
    allCases.dropLast().map(\.rawValue).joined(separator: ", ") + " or "
    + allCases[allCases.count - 1].rawValue
}
