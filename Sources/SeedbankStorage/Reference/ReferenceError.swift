public import FilePaths
public import SeedbankModel

/// Why a reference leads nowhere.
public enum ReferenceError: Error, Hashable, Sendable {
  /// Nothing has that name.
  case notFound(String)
  /// Several have; at most ten of them are named.
  case ambiguous(String, candidates: [GenerationID])
  /// The generation has no image of that position.
  case noSuchImage(GenerationID, position: Int)
  /// The generation has no image at all.
  case withoutImage(GenerationID)
  /// The picture is in the library neither by its bytes, nor by its record, nor by its appearance.
  case stranger(path: FilePath)
}
