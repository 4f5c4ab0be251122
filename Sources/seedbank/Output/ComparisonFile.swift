import FilePaths
import SeedbankGallery
import SeedbankImaging
import SeedbankQuery
import SeedbankSync

/// Two images and their difference, side by side in a file.
enum ComparisonFile {
  /// - Throws: `ExportError`, or a `Failure` that names the file.
  static func write(_ pair: ComparedPair, to path: FilePath) throws {
    let sheet = try LabeledComparison(original: label(pair.original), other: label(pair.other))
      .render(
        original: try pair.original.explainedPicture().upright,
        other: try pair.other.explainedPicture().upright)
    guard let encoding = encoding(of: path) else { return }
    try FileWriting.create(path, sheet.encoded(as: encoding))
  }

  /// The encoding of a file with that name; nil if it does not have an image extension.
  static func encoding(of path: FilePath) -> ImageEncoding? {
    if path.hasSuffix(ignoringCase: ".png") { return .png() }
    if path.hasSuffix(ignoringCase: ".webp") { return .losslessWebP }
    let isJPEG = [".jpg", ".jpeg"].contains { path.hasSuffix(ignoringCase: $0) }
    return isJPEG ? .jpeg(quality: 92, fullChroma: true) : nil
  }

  /// The name above an image: `#12.2`, or the name of the file.
  private static func label(_ image: ComparedImage) -> String {
    image.name.first?.isNumber == true ? "#\(image.name)" : image.path.name.text
  }
}

extension ComparedImage {
  /// The images of a REF.
  ///
  /// An image file means itself, even if it is not in a library.
  ///
  /// - Throws: `ReferenceError`, `LibraryError`, or a `Failure` of the configuration or for a file that is not in
  ///   the library.
  static func find(_ text: String, _ session: Session) throws -> [ComparedImage] {
    let reference = Reference(typed: text)
    if case .file(let path) = reference, path.isRegularFile {
      return [ComparedImage(file: path)]
    }
    let library = try session.openLibrary(for: .reading)
    let resolution = try session.resolve(reference, named: text, in: library)
    _ = try session.presentImages(of: resolution, in: library)
    return try images(of: resolution, in: library)
  }

  /// - Throws: `Failure` that names the file if it does not decode.
  func explainedPicture() throws -> Picture {
    do {
      return try picture()
    } catch {
      throw error.explained(of: path)
    }
  }
}
