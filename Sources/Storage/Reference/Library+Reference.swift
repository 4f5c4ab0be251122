public import FilePaths
import Glibc

/// What a reference led to.
public struct Resolution: Hashable, Sendable {
  public let generation: GenerationID
  /// The image that was meant; nil where the whole generation was.
  public let image: Int?
  public let means: Means

  /// What the picture was known by.
  public enum Means: Hashable, Sendable {
    /// A name, which leaves no doubt.
    case name
    /// The digest of the file's bytes.
    case digest
    /// The record that is embedded in the file; bits in which the perceptual hashes differ, nil where
    /// there is none to compare with.
    case record(distance: Int?)
    /// Its looks: bits in which the perceptual hashes differ.
    case looks(distance: Int)
  }

  public init(generation: GenerationID, image: Int?, means: Means) {
    self.generation = generation
    self.image = image
    self.means = means
  }
}

extension Library {
  /// Finds what a reference names, by name or by the digest of a file's bytes.
  ///
  /// - Parameter recognise: asked for a picture file whose bytes are not in the library.
  /// - Throws: `ReferenceError`, or `LibraryError` where a generation of that id does not exist.
  public func resolve(
    _ reference: Reference, recognise: (_ path: FilePath) throws -> Resolution? = { _ in nil }
  ) throws -> Resolution {
    switch reference {
    case .id(let id, let position): return try resolve(id, position)
    case .last(let back):
      guard let id = try newest(offset: back) else {
        throw ReferenceError.notFound(back == 0 ? "@last" : "@last~\(back)")
      }
      return Resolution(generation: id, image: nil, means: .name)
    case .uid(let digits):
      let ids = try ids(uidPrefix: digits)
      return Resolution(generation: try only(ids, named: digits), image: nil, means: .name)
    case .digest(let digits): return try resolveDigest(digits, named: "sha256:" + digits, .name)
    case .file(let path): return try resolveFile(path, recognise)
    }
  }

  private func resolve(_ id: GenerationID, _ position: Int?) throws -> Resolution {
    guard let generation = try generation(id) else { throw LibraryError.noSuchGeneration(id) }
    if let position, !generation.images.contains(where: { $0.position == position }) {
      throw ReferenceError.noSuchImage(id, position: position)
    }
    return Resolution(generation: id, image: position, means: .name)
  }

  private func resolveDigest(
    _ digits: String, named name: String, _ means: Resolution.Means
  ) throws -> Resolution {
    let images = try images(digestPrefix: digits)
    let generation = try only(images.map(\.generation), named: name)
    let positions = images.filter { $0.generation == generation }.map(\.position)
    return Resolution(
      generation: generation, image: positions.count == 1 ? positions[0] : nil, means: means)
  }

  private func resolveFile(
    _ path: FilePath, _ recognise: (FilePath) throws -> Resolution?
  ) throws -> Resolution {
    guard access(path, F_OK) == 0 else { throw ReferenceError.notFound(path.description) }
    guard let digest = ImageStore.digest(ofFileAt: path) else {
      throw LibraryError.inputOutput(operation: "read", path: path, errno: errno)
    }
    if try !images(digestPrefix: digest.hex, limit: 1).isEmpty {
      return try resolveDigest(digest.hex, named: path.description, .digest)
    }
    guard let known = try recognise(path) else { throw ReferenceError.stranger(path: path) }
    return known
  }

  /// The one generation among `ids`, of which the same may stand several times.
  private func only(_ ids: [GenerationID], named name: String) throws -> GenerationID {
    guard let first = ids.first else { throw ReferenceError.notFound(name) }
    guard ids.allSatisfy({ $0 == first }) else {
      throw ReferenceError.ambiguous(name, candidates: Array(Set(ids)).sorted())
    }
    return first
  }
}
