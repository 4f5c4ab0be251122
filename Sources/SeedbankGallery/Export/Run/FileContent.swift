import FilePaths
import SeedbankImaging
import SeedbankModel

/// The content of a file that an export writes.
enum FileContent: Sendable {
  case bytes([UInt8])
  /// A file of the library, with its metadata edited.
  case edited([UInt8], MetadataEdit, source: Digest)
  /// An unchanged file of the library.
  case library(path: FilePath, digest: Digest, size: Int64)
}

/// One file of an image, ready to be written.
struct ProducedFile: Sendable {
  let path: RelativePath
  let role: ExportEntry.Role
  let content: FileContent
  let recipe: String
  let decision: ExportDecision
  var owner: ExportEntry.Owner?
  var number: Int?
  var requestedName: String?
  /// For archives.
  var time: Timestamp

  /// Its entry in the record.
  func entry(
    isLink: Bool, size: Int64, modified: Int64, digest: String, splice: InsertedRanges? = nil
  ) -> ExportEntry {
    ExportEntry(
      path: path, role: role, owner: owner, number: number, requestedName: requestedName,
      isLink: isLink, size: size, modified: modified, digest: digest, splice: splice,
      recipe: recipe)
  }
}
