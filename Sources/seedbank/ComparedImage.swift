import FilePaths
import SeedbankGallery
import SeedbankImaging
import SeedbankQuery
import SeedbankStorage
import SeedbankSync

/// One side of a comparison: a file and what it is called.
struct ComparedImage {
  let name: String
  let path: FilePath

  /// The name above its panel: `#12.2`, or the name of the file.
  var label: String { name.first?.isNumber == true ? "#\(name)" : path.name.text }

  /// The images that a REF means: an image file is itself, whether or not a library has it.
  static func find(_ text: String, _ session: Session) throws -> [ComparedImage] {
    let reference = Reference(typed: text)
    if case .file(let path) = reference, FileKind.isFile(path) {
      return [ComparedImage(name: path.text, path: path)]
    }
    let library = try session.openLibrary(for: .reading)
    let resolution = try library.resolve(reference)
    let images = try library.generation(resolution.generation)?.images ?? []
    let wanted = images.filter { resolution.image == nil || resolution.image == $0.position }
    guard !wanted.isEmpty else {
      throw Failure(
        .noInput, "generation \(resolution.generation) has no image",
        hint: "run `seedbank sync` to download it")
    }
    return wanted.map { image in
      let isOnly = images.count == 1
      return ComparedImage(
        name: isOnly ? "\(resolution.generation)" : "\(resolution.generation).\(image.position)",
        path: library.folder.absolutePath(of: image))
    }
  }

  /// Image by image, as far as both sides have one.
  static func pairs(_ originals: [ComparedImage], _ others: [ComparedImage]) -> [Pair] {
    zip(originals, others).map { Pair(original: $0, other: $1) }
  }

  struct Pair {
    let original: ComparedImage
    let other: ComparedImage

    /// - Throws: `Failure` that names the file which is no image.
    func verdict() throws -> ImageVerdict {
      let first = try original.picture()
      let isSameFile =
        ImageStore.digest(ofFileAt: original.path) == ImageStore.digest(ofFileAt: other.path)
      let verdict =
        isSameFile ? .identicalFile : Verdict.compare(first, try other.picture())
      return ImageVerdict(verdict, original: original.name, reproduction: other.name)
    }

    func writeSheet(to path: FilePath) throws {
      let sheet = try LabeledComparison(original: original.label, other: other.label).render(
        original: try original.picture().upright, other: try other.picture().upright)
      guard let encoding = ComparedImage.encoding(of: path) else { return }
      try FileWriting.create(path, sheet.encoded(as: encoding))
    }
  }

  /// How to write an image of that name.
  static func encoding(of path: FilePath) -> ImageEncoding? {
    if path.hasSuffix(ignoringCase: ".png") { return .png() }
    if path.hasSuffix(ignoringCase: ".webp") { return .losslessWebP }
    let isJPEG = [".jpg", ".jpeg"].contains { path.hasSuffix(ignoringCase: $0) }
    return isJPEG ? .jpeg(quality: 92, fullChroma: true) : nil
  }

  private func picture() throws -> Picture {
    do {
      return try Picture.decode(contentsOf: path)
    } catch {
      throw error.explained(of: path)
    }
  }
}
