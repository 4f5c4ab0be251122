import SeedbankImaging
public import SeedbankModel
public import SeedbankQuery
public import SeedbankStorage

/// Finds generations by the appearance of their images.
public enum SimilarImages {
  /// The number of fingerprint bits, of 64, that may differ.
  ///
  /// More than for images that count as the same.
  public static let maximumDistance = 12

  /// Returns the generations with an image that looks like any image of a reference, including the
  /// referenced generation itself.
  ///
  /// An image file does not have to be in the library.
  ///
  /// - Throws: `ImageError` if a file does not decode, `ReferenceError`, `LibraryError`.
  public static func generations(
    like reference: Reference, in library: Library
  ) throws -> Set<GenerationID> {
    let index = try ImageRecognition.index(of: library)
    var found: Set<Int64> = []
    for hash in try hashes(of: reference, in: library) where !hash.isFeatureless {
      found.formUnion(index.matches(within: maximumDistance, of: hash).map(\.id))
    }
    return Set(try library.images(numbered: Array(found)).map(\.generation))
  }

  private static func hashes(
    of reference: Reference, in library: Library
  ) throws -> [PerceptualHash] {
    if case .file(let path) = reference {
      return [try Picture.decode(contentsOf: path).perceptualHash]
    }
    let resolution = try library.resolve(reference)
    guard let generation = try library.generation(resolution.generation) else {
      throw LibraryError.noSuchGeneration(resolution.generation)
    }
    return generation.images.filter { resolution.image == nil || resolution.image == $0.position }
      .compactMap { $0.perceptualHash.map(PerceptualHash.init(rawValue:)) }
  }
}
