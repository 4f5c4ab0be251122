import FilePaths
import SeedbankImaging
import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// Images that look alike, by their perceptual hashes.
enum Likeness {
  /// How many of 64 bits may differ for `similar:`; more than for a claim of sameness.
  static let reach = 12

  /// The generations with an image that looks like any image of a REF, which is among them.
  static func generations(
    like text: String, in library: Library, _ session: Session
  ) throws -> Set<GenerationID> {
    let index = try PictureRecognition.index(of: library)
    var found: Set<Int64> = []
    for hash in try hashes(of: text, in: library) where !hash.isFeatureless {
      found.formUnion(index.matches(within: reach, of: hash).map(\.id))
    }
    return Set(try library.images(numbered: Array(found)).map(\.generation))
  }

  /// The hashes of a REF's images; an image file need not be in the library.
  private static func hashes(of text: String, in library: Library) throws -> [PerceptualHash] {
    let reference = Reference(typed: text)
    if case .file(let path) = reference {
      do {
        return [try Picture.decode(contentsOf: path).perceptualHash]
      } catch {
        throw error.explained(of: path)
      }
    }
    let resolution = try library.resolve(reference)
    guard let generation = try library.generation(resolution.generation) else {
      throw LibraryError.noSuchGeneration(resolution.generation)
    }
    return generation.images.filter { resolution.image == nil || resolution.image == $0.position }
      .compactMap { $0.perceptualHash.map(PerceptualHash.init(rawValue:)) }
  }
}
