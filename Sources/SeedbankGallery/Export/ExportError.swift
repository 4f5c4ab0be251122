public import FilePaths
import Platform

/// Why a whole export failed.
///
/// Problems with single files are in the report.
public enum ExportError: Error, Hashable, Sendable {
  /// The folder or archive could not be created.
  case cannotCreate(path: FilePath, errno: Int32)
  /// A file operation failed.
  case inputOutput(operation: String, path: FilePath, errno: Int32)
  /// The disk or the quota is full; the files written so far stay, and the next run continues.
  case full(path: FilePath)
  /// The destination lies in the library itself.
  case insideLibrary(path: FilePath)
  /// The destination exists, but is not a folder.
  case notAFolder(path: FilePath)
  /// The destination contains a symbolic link. Export does not follow symbolic links.
  case leadsElsewhere(path: FilePath)
  /// Another export writes into the folder now.
  case busy(path: FilePath)
  /// A file of that name exists and was not written by an export.
  case foreignFile(path: FilePath)
  /// The folder's record was written by a newer Seedbank.
  case newerRecord(path: FilePath)
  /// This kind of link cannot be created there.
  case linkRefused(LinkMode, path: FilePath, reason: LinkRefusal)
  /// A page with captions cannot be drawn.
  case noText(TextUnavailable)
  /// A file still contains metadata although all of it should have been removed.
  case notStripped(path: FilePath)
}

/// Why a link could not be created.
public enum LinkRefusal: Hashable, Sendable {
  /// Library and export lie on different file systems.
  case otherFileSystem
  /// The file system does not support such links.
  case notSupported
  /// The system does not let this user link to that file.
  case notPermitted
  /// The file has as many links as the file system allows.
  case tooMany
}

/// Why text cannot be drawn on this computer.
public enum TextUnavailable: Hashable, Sendable {
  /// A library that draws text is not installed.
  case libraryMissing(name: String)
  /// The libraries are installed, but no font.
  case noFont
  /// The font's library failed.
  case failed(detail: String)
}

extension ExportError {
  /// The error of the system call that just failed.
  static func failure(_ operation: String, _ path: FilePath, code: Int32) -> ExportError {
    switch code {
    case ENOSPC, EDQUOT: .full(path: path)
    default: .inputOutput(operation: operation, path: path, errno: code)
    }
  }
}
