import FilePaths
internal import GRDB

extension LibraryError {
  /// The one place where an error of SQLite becomes one of ours.
  init(_ error: DatabaseError, path: FilePath) {
    if error.isIndexDamage {
      self = .indexDamaged(path: path, detail: error.message ?? "\(error.resultCode)")
      return
    }
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path)
    case .SQLITE_FULL: self = .full(path: path)
    case .SQLITE_READONLY: self = .readOnly(path: path)
    case .SQLITE_PERM: self = .readOnly(path: path)
    case .SQLITE_NOTADB: self = .notALibrary(path: path)
    case .SQLITE_CORRUPT: self = .corrupt(path: path, detail: error.message ?? "")
    case .SQLITE_CANTOPEN: self = .missing(path: path)
    case .SQLITE_IOERR:
      self = .inputOutput(operation: "use the catalog", path: path, errno: 5)
    default: self = .catalog(path: path, detail: error.message ?? "\(error.resultCode)")
    }
  }
}
