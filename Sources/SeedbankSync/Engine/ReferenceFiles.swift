import FilePaths
import Platform
import SeedbankModel
import SeedbankProviders
import SeedbankStorage

/// The files of a request's reference images, read while they are sent.
struct ReferenceFiles {
  /// The bytes of each placeholder.
  let bytes: [String: ReferenceBytes]

  /// - Parameter body: The recorded request. Images that it does not name are not opened.
  /// - Throws: ``UnreadableReference`` if a file is missing or differs from its record; `LibraryError` if
  ///   this computer is the cause.
  init(_ references: [ReferenceImage], of body: [UInt8], in folder: LibraryFolder) throws {
    var bytes: [String: ReferenceBytes] = [:]
    let request = references.isEmpty ? "" : String(decoding: body, as: UTF8.self)
    for reference in references where request.contains(reference.digest.description) {
      let position = reference.position
      let file = try ReferenceFile(folder.absolutePath(of: reference), position)
      guard reference.bytes == 0 || file.count == reference.bytes else {
        throw UnreadableReference(position: position)
      }
      bytes[reference.digest.description] = ReferenceBytes(
        mediaType: "image/\(reference.format)", count: file.count
      ) { try file.read(at: $0, into: $1) }
    }
    self.bytes = bytes
  }
}

/// An open file that is read at any offset, and closed with its last reference.
private final class ReferenceFile: Sendable {
  let count: Int64
  private let descriptor: Int32
  private let position: Int

  init(_ path: FilePath, _ position: Int) throws {
    self.position = position
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      let code = errno
      if [ENOENT, ENOTDIR, EACCES].contains(code) {
        throw UnreadableReference(position: position)
      }
      throw LibraryError.inputOutput(operation: "read", path: path, errno: code)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      close(descriptor)
      throw LibraryError.inputOutput(operation: "read", path: path, errno: errno)
    }
    count = Int64(status.st_size)
  }

  deinit { close(descriptor) }

  func read(at offset: Int64, into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    guard let count = readOnce(descriptor, at: offset, into: buffer) else {
      throw UnreadableReference(position: position)
    }
    return count
  }
}

/// The file of a reference image is missing, cannot be read or differs from its record.
struct UnreadableReference: Error {
  /// The position of the image in the request.
  let position: Int
}
