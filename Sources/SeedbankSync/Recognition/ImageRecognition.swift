public import FilePaths
public import SeedbankImaging
import SeedbankModel
public import SeedbankStorage

/// Recognizes image files whose exact bytes are not in a library.
public enum ImageRecognition {
  /// Finds the image of a file by the record embedded in the file, or else by its appearance.
  ///
  /// - Returns: nil if the library has no such image.
  /// - Throws: `ImageError` if the file does not decode, `ReferenceError.ambiguous` if several generations
  ///   look equally like it, `LibraryError`.
  public static func find(_ path: FilePath, in library: Library) throws -> Resolution? {
    let bytes = try FileContents.read(path, limit: DecodeLimits.standard.bytes)
    let hash = try Picture.decode(bytes).perceptualHash
    return try byRecord(bytes, hash, library) ?? byAppearance(path, hash, library)
  }

  private static func byRecord(
    _ bytes: [UInt8], _ hash: PerceptualHash, _ library: Library
  ) throws -> Resolution? {
    guard let json = try? MetadataDocument(bytes).metadata.xmpPacket.record,
      let uid = try? GenerationRecord(json: json).uid,
      let id = try library.ids(uidPrefix: uid.description).first,
      let generation = try library.generation(id)
    else { return nil }
    // If there are several images, the one with these pixels.
    let nearest = generation.images.min { distance($0, hash) < distance($1, hash) }
    let bits = nearest.flatMap { $0.perceptualHash == nil ? nil : distance($0, hash) }
    return Resolution(
      generation: id, image: nearest?.position, means: .record(distance: bits))
  }

  private static func distance(_ image: CataloguedImage, _ hash: PerceptualHash) -> Int {
    image.perceptualHash.map { PerceptualHash(rawValue: $0).distance(to: hash) } ?? 64
  }

  private static func byAppearance(
    _ path: FilePath, _ hash: PerceptualHash, _ library: Library
  ) throws -> Resolution? {
    guard !hash.isFeatureless else { return nil }
    let near = try index(of: library).matches(within: VerdictThresholds.hashDistance, of: hash)
    guard let distance = near.map(\.distance).min() else { return nil }
    let images = try library.images(numbered: near.filter { $0.distance == distance }.map(\.id))
    guard let first = images.first else { return nil }
    let generations = Set(images.map(\.generation)).sorted()
    guard generations.count == 1 else {
      if let digest = try sharedDigest(images, library) {
        return try library.resolve(
          digest.hex, named: path.description, .looks(distance: distance))
      }
      throw ReferenceError.ambiguous(path.description, candidates: Array(generations.prefix(10)))
    }
    return Resolution(
      generation: first.generation, image: images.count == 1 ? first.position : nil,
      means: .looks(distance: distance))
  }

  /// The digest of the images, if all have the same bytes: then they are an image and its identical
  /// reproductions.
  private static func sharedDigest(
    _ images: [(id: Int64, generation: GenerationID, position: Int)], _ library: Library
  ) throws -> Digest? {
    let digests = try Set(
      images.map { image in
        try library.generation(image.generation)?.images
          .first { $0.position == image.position }?.digest
      })
    return digests.count == 1 ? digests.first ?? nil : nil
  }

  /// Returns the fingerprints of all images outside the trash, for searches by appearance.
  ///
  /// - Throws: `LibraryError`.
  public static func index(of library: Library) throws -> PerceptualIndex {
    let hashes = try library.perceptualHashes()
    return PerceptualIndex(hashes.lazy.map { ($0.id, PerceptualHash(rawValue: $0.hash)) })
  }
}
