import FilePaths
import Platform
import SeedbankModel

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

  /// What the name of a reply that arrived too late ends with.
  static let lateSuffix = ".late-reply"

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
  package func holdDiskSpace(
    forReplyTo attempt: RequestAttempt, bytes: Int64
  ) throws -> ReplyReserve {
    try FileSystem.makeFolder(folder.incoming)
    try removeReplyOfEarlierVersion(of: attempt.uid)
    return try ReplyReserve(bytes, in: folder.incoming, path: file(of: attempt))
  }

  /// Stores the part of a reply that has arrived, and replaces an earlier part.
  ///
  /// No space is reserved for it. If the disk is full, the earlier part stays.
  ///
  /// - Throws: `LibraryError`.
  package func keep(_ reply: KeptReply, to attempt: RequestAttempt) throws {
    try store(reply, in: file(of: attempt))
  }

  /// Stores a reply whose generation was changed or deleted before it arrived, and returns the name of the file.
  ///
  /// Nothing removes the file, because the reply may be paid for.
  ///
  /// - Throws: `LibraryError`.
  package func keepLate(_ reply: KeptReply, to attempt: RequestAttempt) throws -> String {
    let name = "\(attempt.uid)-\(attempt.number)\(KeptReply.lateSuffix)"
    try FileSystem.makeFolder(folder.incoming)
    try store(reply, in: folder.incoming + "/" + name)
    return name
  }

  private func store(_ reply: KeptReply, in path: FilePath) throws {
    let draft = path + ".part"
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

  /// The reply to an attempt that was kept, or nil.
  func keptReply(to attempt: RequestAttempt) throws -> KeptReply? {
    for path in [file(of: attempt), fileOfEarlierVersion(of: attempt.uid)] {
      if try FileSystem.isPresent(path) { return KeptReply(bytes: try FileSystem.bytes(of: path)) }
    }
    return nil
  }

  /// Removes it, once the catalog has it.
  package func forgetKeptReply(to attempt: RequestAttempt) {
    FileSystem.removeIfPresent(file(of: attempt))
    FileSystem.removeIfPresent(fileOfEarlierVersion(of: attempt.uid))
  }

  private func file(of attempt: RequestAttempt) -> FilePath {
    folder.incoming + "/\(attempt.uid)-\(attempt.number).reply"
  }

  /// Earlier versions of Seedbank did not name the attempt.
  private func fileOfEarlierVersion(of uid: UID) -> FilePath {
    folder.incoming + "/\(uid).reply"
  }

  /// Removes such a reply before the request is sent again, because it answered an earlier attempt.
  private func removeReplyOfEarlierVersion(of uid: UID) throws {
    let path = fileOfEarlierVersion(of: uid)
    guard try FileSystem.isPresent(path) else { return }
    FileSystem.removeIfPresent(path)
    try FileSystem.syncFolder(of: path)
  }
}
