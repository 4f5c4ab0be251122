package import SeedbankImaging
package import SeedbankModel
package import SeedbankStorage

/// Compares reproductions with their originals.
package struct Judge: Sendable {
  private let library: Library
  private let limits: DecodeLimits

  /// Makes a judge that reads the images of a library.
  package init(_ library: Library, limits: DecodeLimits = .standard) {
    self.library = library
    self.limits = limits
  }

  /// Returns the verdict that is stored with a reproduction of an unchanged request.
  ///
  /// Nil if there is nothing to compare.
  ///
  /// - Throws: `LibraryError`.
  func verdict(on generation: Generation) throws -> RecordedVerdict? {
    guard ReproductionPlan.isUnchanged(generation), let parent = generation.parent,
      let original = try library.generation(parent)
    else { return nil }
    return ImageVerdict.recorded(verdicts(original, generation))
  }

  /// The verdicts on the images of a reproduction, each compared with the original's image at the
  /// same position.
  ///
  /// Images with missing or damaged files have none.
  package func verdicts(_ original: Generation, _ reproduction: Generation) -> [ImageVerdict] {
    reproduction.images.compactMap { image in
      guard let counterpart = original.images.first(where: { $0.position == image.position })
      else { return nil }
      return compare(counterpart, image).map {
        ImageVerdict(
          $0, original: Self.reference(original, counterpart),
          reproduction: Self.reference(reproduction, image))
      }
    }
  }

  private func compare(_ original: CataloguedImage, _ image: CataloguedImage) -> Verdict? {
    if original.digest == image.digest { return .identicalFile }
    guard let first = picture(original), let second = picture(image) else { return nil }
    return Verdict.compare(first, second)
  }

  /// Decodes an image, unless its file has other bytes than recorded: a stored verdict would stay wrong after the file
  /// is restored.
  private func picture(_ image: CataloguedImage) -> Picture? {
    let path = library.folder.absolutePath(of: image)
    guard let bytes = try? FileContents.read(path, limit: limits.bytes),
      Digest(of: bytes) == image.digest
    else { return nil }
    return try? Picture.decode(bytes, limits: limits)
  }

  private static func reference(_ generation: Generation, _ image: CataloguedImage) -> String {
    generation.images.count == 1 ? "\(generation.id)" : "\(generation.id).\(image.position)"
  }
}
