import FilePaths
import SeedbankImaging
import SeedbankModel
import SeedbankStorage

/// Finds an image file in a library when its bytes are not there: by the record embedded in it, else
/// by its appearance.
enum PictureRecognition {
  /// - Returns: nil for a stranger.
  /// - Throws: `Failure` of status 65 where the file does not decode, `ReferenceError.ambiguous` where several
  ///   generations look equally like it.
  static func recognise(_ path: FilePath, in library: Library) throws -> Resolution? {
    let bytes: [UInt8]
    let hash: PerceptualHash
    do {
      bytes = try FileBytes.picture(path)
      hash = try Picture.decode(bytes).perceptualHash
    } catch let error as ImageError {
      throw error.explained(of: path)
    }
    return try byRecord(bytes, hash, library) ?? byLooks(path, hash, library)
  }

  private static func byRecord(
    _ bytes: [UInt8], _ hash: PerceptualHash, _ library: Library
  ) throws -> Resolution? {
    guard let json = try? MetadataDocument(bytes).metadata.xmpPacket.record,
      let uid = try? GenerationRecord(json: json).uid,
      let id = try library.ids(uidPrefix: uid.description).first,
      let generation = try library.generation(id)
    else { return nil }
    // Of several images, the one whose pixels were written out.
    let nearest = generation.images.min { distance($0, hash) < distance($1, hash) }
    let bits = nearest.flatMap { $0.perceptualHash == nil ? nil : distance($0, hash) }
    return Resolution(
      generation: id, image: nearest?.position, means: .record(distance: bits))
  }

  private static func distance(_ image: CataloguedImage, _ hash: PerceptualHash) -> Int {
    image.perceptualHash.map { PerceptualHash(rawValue: $0).distance(to: hash) } ?? 64
  }

  private static func byLooks(
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

  static func index(of library: Library) throws -> PerceptualIndex {
    let hashes = try library.perceptualHashes()
    return PerceptualIndex(hashes.lazy.map { ($0.id, PerceptualHash(rawValue: $0.hash)) })
  }
}
