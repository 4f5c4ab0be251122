public import FilePaths
public import SeedbankModel

/// Why a reference cannot be resolved.
public enum ReferenceError: Error, Hashable, Sendable {
  /// Nothing has this name.
  case notFound(String)
  /// Several generations have this name; at most ten of them are given.
  case ambiguous(String, candidates: [GenerationID])
  /// The generation has no image at this position.
  case noSuchImage(GenerationID, position: Int)
  /// The generation has no image.
  case withoutImage(GenerationID)
  /// The image is not in the library, neither by its bytes, nor by its record, nor by its
  /// appearance.
  case notInLibrary(path: FilePath)
}
