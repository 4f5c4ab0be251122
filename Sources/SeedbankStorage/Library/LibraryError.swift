public import FilePaths
public import SeedbankModel

/// An error of a library, with the path or the generation that it is about.
public enum LibraryError: Error, Hashable, Sendable {
  /// The path has no library.
  case missing(path: FilePath)
  /// The file at the path is not the catalog of a library.
  case notALibrary(path: FilePath)
  /// A library was to be created in a folder with other content, such as `example`.
  case notEmpty(path: FilePath, example: String)
  /// A newer Seedbank wrote it.
  case newerSchema(path: FilePath, found: Int, supported: Int)
  /// The folder or a file in it could not be created.
  case cannotCreate(path: FilePath, errno: Int32)
  /// The library can be read but not written.
  case readOnly(path: FilePath)
  /// Another process kept the catalog locked for too long.
  case busy(path: FilePath)
  /// The library was deleted, moved or replaced while it was open.
  case replaced(path: FilePath)
  /// The disk or the quota is full.
  case full(path: FilePath)
  /// The catalog is damaged.
  case corrupt(path: FilePath, detail: String)
  /// The search index or a table beside it is damaged; all other data is intact.
  case indexDamaged(path: FilePath, detail: String)
  /// A file operation failed.
  case inputOutput(operation: String, path: FilePath, errno: Int32)
  /// The catalog refused a statement for another reason.
  case catalog(path: FilePath, detail: String)
  case noSuchGeneration(GenerationID)
  /// Another library owns the generation.
  case held(GenerationID)
  /// The generation is in the trash, so its request is not sent.
  case trashed(GenerationID)
  /// The generation's status does not allow the step.
  case illegalTransition(GenerationID, from: Status, step: String)
}
