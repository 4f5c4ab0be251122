import FilePaths
import SeedbankModel
import SeedbankStorage

/// How a file was made from one of the library's, by inserting bytes alone.
///
/// The library's digest is known, so only what was inserted has to be hashed when such a file is written:
/// hashing all of it would take longer than writing it. Taken apart again, the file still proves itself.
struct InsertedRanges: Hashable, Sendable {
  /// Where the inserted bytes stand, in order.
  let inserted: [Range<Int>]
  /// SHA-256 of the file without them.
  let source: Digest
}

extension ExportEntry {
  /// What `digest` must be equal to if the file at `path` still has the bytes that were written; empty
  /// where it can't have.
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
