import FilePaths
import SeedbankModel
import SeedbankStorage

/// Describes a file that was made by inserting bytes into a file of the library.
///
/// The digest of the library's file is known, so only the inserted bytes are hashed when such a file is
/// written. Hashing all bytes would take longer than writing them. Both parts of the file can be verified
/// later.
struct InsertedRanges: Hashable, Sendable {
  /// The ranges of the inserted bytes, in order.
  let inserted: [Range<Int>]
  /// SHA-256 of the file without them.
  let source: Digest
}

extension ExportEntry {
  /// The value that equals `digest` if the file at `path` is unchanged; empty if it cannot be unchanged.
  func digest(found path: FilePath) -> String {
    guard let splice else { return ImageStore.digest(ofFileAt: path)?.hex ?? "" }
    guard let bytes = try? FileCopying.read(path) else { return "" }
    return bytes.withUnsafeBytes { bytes in
      var (kept, inserted) = (RunningDigest(), RunningDigest())
      var position = 0
      for range in splice.inserted {
        guard range.lowerBound >= position, range.upperBound <= bytes.count else { return "" }
        kept.update(UnsafeRawBufferPointer(rebasing: bytes[position..<range.lowerBound]))
        inserted.update(UnsafeRawBufferPointer(rebasing: bytes[range]))
        position = range.upperBound
      }
      kept.update(UnsafeRawBufferPointer(rebasing: bytes[position...]))
      return kept.value == splice.source ? inserted.value.hex : ""
    }
  }
}
