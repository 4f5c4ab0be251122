import FilePaths
import Platform
package import SeedbankModel

/// A reply to a submit that was stored beside the catalog, because the disk was full.
package struct KeptReply: Sendable, Hashable {
  /// The HTTP status.
  package let status: Int
  /// The body, redacted.
  package let body: [UInt8]

  /// Makes a reply from its status code and body.
  package init(status: Int, body: [UInt8]) {
    self.status = status
    self.body = body
  }

  /// As a file has it: status and length on a line, then the body.
  var bytes: [UInt8] { Array("\(status) \(body.count)\n".utf8) + body }

  /// Reads such a file; nil if it is not complete.
  init?(bytes: [UInt8]) {
    guard let newline = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let numbers = String(decoding: bytes[..<newline], as: UTF8.self).split(separator: " ")
    let body = bytes[(newline + 1)...]
    guard numbers.count == 2, let status = Int(numbers[0]), Int(numbers[1]) == body.count else {
      return nil
    }
    self.init(status: status, body: Array(body))
  }
}

extension ImageStore {
  /// Allocates disk space for the reply to a generation's request; creates `incoming/` if it does
  /// not exist.
  ///
  /// - Throws: `LibraryError`.
  package func holdRoom(forReplyOf uid: UID, bytes: Int64) throws -> ReplyReserve {
    try FileSystem.makeFolder(folder.incoming)
    return try ReplyReserve(bytes, in: folder.incoming, name: Self.replyName(uid))
  }

  /// Stores the part of a reply that has arrived, and replaces an earlier part.
  ///
  /// No space is reserved for it. If the disk is full, the earlier part stays.
  ///
  /// - Throws: `LibraryError`.
  package func keep(_ reply: KeptReply, of uid: UID) throws {
    let path = folder.incoming + "/" + Self.replyName(uid)
    let draft = folder.incoming + "/\(uid).reply.part"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileSystem.failure("create", draft) }
    do {
      defer { close(descriptor) }
      try reply.bytes.withUnsafeBytes { try FileSystem.write($0, to: descriptor, path: draft) }
      guard fsync(descriptor) == 0 else { throw FileSystem.failure("sync", draft) }
    } catch {
      FileSystem.removeIfPresent(draft)
      throw error
    }
    guard rename(draft, path) == 0 else { throw FileSystem.failure("rename", draft) }
    try FileSystem.syncFolder(of: path)
  }

  /// The reply that was kept for a generation, or nil.
  func keptReply(of uid: UID) throws -> KeptReply? {
    let path = folder.incoming + "/" + Self.replyName(uid)
    guard try FileSystem.isPresent(path) else { return nil }
    return KeptReply(bytes: try FileSystem.bytes(of: path))
  }

  /// Removes it, once the catalog has it.
  package func forgetKeptReply(of uid: UID) {
    FileSystem.removeIfPresent(folder.incoming + "/" + Self.replyName(uid))
  }

  private static func replyName(_ uid: UID) -> String { "\(uid).reply" }
}
