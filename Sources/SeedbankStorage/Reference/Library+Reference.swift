public import FilePaths
import Platform
public import SeedbankModel
public import SeedbankQuery

/// The generation that a reference means.
public struct Resolution: Hashable, Sendable {
  /// The generation that the reference means.
  public let generation: GenerationID
  /// The image that the reference means; nil if it means the whole generation.
  public let image: Int?
  /// How it was found.
  public let means: Means

  /// Later generations with the same bytes, such as identical reproductions.
  public let copies: [GenerationID]

  /// How an image file was recognized.
  public enum Means: Hashable, Sendable {
    /// A name, which is unambiguous.
    case name
    /// The digest of the file's bytes.
    case digest
    /// The record in the file, with the number of different bits of the perceptual hashes; nil if
    /// one of the images has no hash.
    case record(distance: Int?)
    /// Its appearance, with the number of different bits of the perceptual hashes.
    case looks(distance: Int)
  }

  /// Makes a match.
  public init(
    generation: GenerationID, image: Int?, means: Means, copies: [GenerationID] = []
  ) {
    self.generation = generation
    self.image = image
    self.means = means
    self.copies = copies
  }
}

extension Library {
  /// Finds the generation that a reference names, by name or by the digest of a file's bytes.
  ///
  /// If several generations have the same bytes, it is the original: the oldest outside the trash.
  ///
  /// - Parameter recognize: called for an image file whose bytes are not in the library.
  /// - Throws: `ReferenceError`, or `LibraryError` if the generation does not exist.
  public func resolve(
    _ reference: Reference, recognize: (_ path: FilePath) throws -> Resolution? = { _ in nil }
  ) throws -> Resolution {
    switch reference {
    case .id(let id, let position): return try resolve(id, position)
    case .last(let back):
      guard let id = try newest(offset: back) else {
        throw ReferenceError.notFound(back == 0 ? "@last" : "@last~\(back)")
      }
      return Resolution(generation: id, image: nil, means: .name)
    case .uid(let digits):
      return try resolution(among: generations(ids(uidPrefix: digits)), named: digits)
    case .digest(let digits): return try resolve(digits, named: "sha256:" + digits, .name)
    case .file(let path): return try resolveFile(path, recognize)
    }
  }

  private func resolve(_ id: GenerationID, _ position: Int?) throws -> Resolution {
    guard let generation = try generation(id) else { throw LibraryError.noSuchGeneration(id) }
    if let position, !generation.images.contains(where: { $0.position == position }) {
      throw ReferenceError.noSuchImage(id, position: position)
    }
    return Resolution(generation: id, image: position, means: .name)
  }

  /// Finds the original among the generations with images whose digest begins with `digits`.
  ///
  /// - Throws: `ReferenceError`, `LibraryError`.
  public func resolve(
    _ digits: String, named name: String, _ means: Resolution.Means
  ) throws -> Resolution {
    let holders = try holders(digestPrefix: digits)
    guard let first = holders.first else { throw ReferenceError.notFound(name) }
    guard holders.allSatisfy({ $0.digests == first.digests }) else {
      throw ReferenceError.ambiguous(
        name, candidates: holders.prefix(10).map(\.generation).sorted())
    }
    return Resolution(
      generation: first.generation, image: first.positions.count == 1 ? first.positions[0] : nil,
      means: means, copies: holders.dropFirst().map(\.generation))
  }

  /// The original among generations that a uid's first digits fit, if all have the same bytes.
  private func resolution(among found: [Generation], named name: String) throws -> Resolution {
    let sorted = found.sorted {
      let ages = [$0, $1].map { ($0.trashedAt == nil ? 0 : 1, $0.createdAt, $0.id) }
      return ages[0] < ages[1]
    }
    guard let first = sorted.first else { throw ReferenceError.notFound(name) }
    let digests = Set(first.images.map(\.digest))
    guard
      sorted.count == 1
        || !digests.isEmpty && sorted.allSatisfy({ Set($0.images.map(\.digest)) == digests })
    else { throw ReferenceError.ambiguous(name, candidates: sorted.map(\.id).sorted()) }
    return Resolution(
      generation: first.id, image: nil, means: .name, copies: sorted.dropFirst().map(\.id))
  }

  private func resolveFile(
    _ path: FilePath, _ recognize: (FilePath) throws -> Resolution?
  ) throws -> Resolution {
    guard try FileSystem.isPresent(path) else { throw ReferenceError.notFound(path.description) }
    guard let digest = ImageStore.digest(ofFileAt: path) else {
      throw LibraryError.inputOutput(operation: "read", path: path, errno: errno)
    }
    if try catalogued(digest) != nil {
      return try resolve(digest.hex, named: path.description, .digest)
    }
    guard let known = try recognize(path) else { throw ReferenceError.notInLibrary(path: path) }
    return known
  }
}
