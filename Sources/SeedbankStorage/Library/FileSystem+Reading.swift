import FilePaths
import Platform

extension FileSystem {
  /// Reads a file to its end, piece by piece; returns how many bytes that were.
  @discardableResult
  static func forEachPiece(
    of path: FilePath, _ take: (UnsafeRawBufferPointer) -> Void
  ) throws -> Int64 {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw failure("open", path) }
    defer { close(descriptor) }
    var total: Int64 = 0
    let isRead = readPieces(of: descriptor) { piece in
      take(piece)
      total += Int64(piece.count)
    }
    guard isRead else { throw failure("read", path) }
    return total
  }

  /// All bytes of a file.
  static func bytes(of path: FilePath) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try forEachPiece(of: path) { bytes.append(contentsOf: $0) }
    return bytes
  }
}
