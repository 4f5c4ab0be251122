import FilePaths
import SeedbankModel

extension RunningDigest {
  /// Hashes a file's bytes from its start; returns how many there were.
  @discardableResult
  mutating func updateWithFile(at path: FilePath) throws -> Int64 {
    try FileSystem.forEachPiece(of: path) { update($0) }
  }
}
