import Imaging
import Storage

/// Finds a picture file in a library when its bytes are not there: by its looks.
enum PictureRecognition {
  /// - Returns: nil for a stranger.
  /// - Throws: `ImageError` where the file does not decode, `ReferenceError.ambiguous` where several
  ///   generations look equally like it.
  static func recognise(_ path: String, in library: Library) throws -> Resolution? {
    let hash = try Picture.decode(contentsOf: path).perceptualHash
    guard !hash.isFeatureless else { return nil }
    let near = try index(of: library).matches(within: VerdictThresholds.hashDistance, of: hash)
    guard let distance = near.map(\.distance).min() else { return nil }
    let images = try library.images(numbered: near.filter { $0.distance == distance }.map(\.id))
    guard let first = images.first else { return nil }
    let generations = Set(images.map(\.generation)).sorted()
    guard generations.count == 1 else {
      throw ReferenceError.ambiguous(path, candidates: Array(generations.prefix(10)))
    }
    return Resolution(
      generation: first.generation, image: images.count == 1 ? first.position : nil,
      means: .looks(distance: distance))
  }

  static func index(of library: Library) throws -> PerceptualIndex {
    let hashes = try library.perceptualHashes()
    return PerceptualIndex(hashes.lazy.map { ($0.id, PerceptualHash(rawValue: $0.hash)) })
  }
}
