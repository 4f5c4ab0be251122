import FilePaths
import SeedbankImaging
import SeedbankModel

/// The bytes of a file that an export writes.
enum FileContent: Sendable {
  case bytes([UInt8])
  /// A file of the library, with its metadata edited.
  case edited([UInt8], MetadataEdit, source: Digest)
  /// A file of the library, as it is.
  case library(path: FilePath, digest: Digest, size: Int64)
}

/// One file that belongs to an image, ready to be put in its place.
struct ProducedFile: Sendable {
  let path: RelativePath
  let role: ExportEntry.Role
  let content: FileContent
  let recipe: String
  let decision: ExportDecision
  var owner: ExportEntry.Owner?
  var number: Int?
  var wished: String?
  /// For archives.
  var time: Timestamp

  /// What the record says of it once it is written.
  func entry(
    isLink: Bool, size: Int64, modified: Int64, digest: String, splice: InsertedRanges? = nil
  ) -> ExportEntry {
    ExportEntry(
      path: path, role: role, owner: owner, number: number, wished: wished, isLink: isLink,
      size: size, modified: modified, digest: digest, splice: splice, recipe: recipe)
  }
}
