public import FilePaths
public import SeedbankImaging
public import SeedbankStorage

/// One side of a comparison: an image file and its name.
public struct ComparedImage: Sendable {
  /// The name as people type it: `12`, `12.2` or a path.
  public let name: String
  /// The image file.
  public let path: FilePath

  /// Names an image file that does not have to be in a library.
  public init(file path: FilePath) {
    self.init(name: path.text, path: path)
  }

  private init(name: String, path: FilePath) {
    self.name = name
    self.path = path
  }

  /// Returns the images of a generation that a reference means.
  ///
  /// - Throws: `ReferenceError.withoutImage` if the generation has none, `LibraryError`.
  public static func images(
    of resolution: Resolution, in library: Library
  ) throws -> [ComparedImage] {
    let images = try library.generation(resolution.generation)?.images ?? []
    let wanted = images.filter { resolution.image == nil || resolution.image == $0.position }
    guard !wanted.isEmpty else { throw ReferenceError.withoutImage(resolution.generation) }
    return wanted.map { image in
      let isOnly = images.count == 1
      return ComparedImage(
        name: isOnly ? "\(resolution.generation)" : "\(resolution.generation).\(image.position)",
        path: library.folder.absolutePath(of: image))
    }
  }

  /// Decodes the file.
  ///
  /// - Throws: `ImageError`.
  public func picture() throws(ImageError) -> Picture {
    try Picture.decode(contentsOf: path)
  }
}

/// Two images that are compared.
public struct ComparedPair: Sendable {
  /// The image that the other is compared with.
  public let original: ComparedImage
  /// The image that is compared.
  public let other: ComparedImage

  /// Returns the images of both sides in pairs, as far as both sides have one.
  public static func pairs(
    _ originals: [ComparedImage], _ others: [ComparedImage]
  ) -> [ComparedPair] {
    zip(originals, others).map { ComparedPair(original: $0, other: $1) }
  }

  /// Compares the two images.
  ///
  /// - Parameter decode: reads one of the images.
  /// - Throws: what `decode` throws.
  public func verdict<Failure: Error>(
    decode: (ComparedImage) throws(Failure) -> Picture
  ) throws(Failure) -> ImageVerdict {
    let first = try decode(original)
    let isSameFile =
      ImageStore.digest(ofFileAt: original.path) == ImageStore.digest(ofFileAt: other.path)
    let verdict = isSameFile ? .identicalFile : Verdict.compare(first, try decode(other))
    return ImageVerdict(verdict, original: original.name, reproduction: other.name)
  }
}
