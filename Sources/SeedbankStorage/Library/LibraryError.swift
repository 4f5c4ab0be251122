public import FilePaths
public import SeedbankModel

/// What can go wrong with a library; each case says what happened to what.
public enum LibraryError: Error, Hashable, Sendable {
  /// There is no library at the path.
  case missing(path: FilePath)
  /// The file at the path is something else.
  case notALibrary(path: FilePath)
  /// A library was to be created in a folder that holds something else, such as `example`.
  case notEmpty(path: FilePath, example: String)
  /// A newer Seedbank wrote it.
  case newerSchema(path: FilePath, found: Int, supported: Int)
  /// The folder or a file in it could not be made.
  case cannotCreate(path: FilePath, errno: Int32)
  /// It may be read but not written.
  case readOnly(path: FilePath)
  /// Another process kept the catalog locked for too long.
  case busy(path: FilePath)
  /// The disk or the quota is full.
  case full(path: FilePath)
  /// The catalog is damaged.
  case corrupt(path: FilePath, detail: String)
  /// The search index or a table beside it is damaged; nothing that cannot be rebuilt is.
  case indexDamaged(path: FilePath, detail: String)
  /// A file operation failed.
  case inputOutput(operation: String, path: FilePath, errno: Int32)
  /// The catalog refused a statement for a reason that no other case names.
  case catalog(path: FilePath, detail: String)
  case noSuchGeneration(GenerationID)
  /// Another library owns the generation.
  case held(GenerationID)
  /// A step that the generation's state does not allow.
  case illegalTransition(GenerationID, from: Status, step: String)
}
