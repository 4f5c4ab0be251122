import FilePaths
import Platform
import SeedbankImaging
import SeedbankModel
import SeedbankProviders
import SeedbankStorage

/// The recorded replies of the gateway to the request and the polls of a generation.
struct ReplyReport {
  private let generation: Generation
  /// Each with its name.
  private let replies: [(name: String, reply: RecordedReply)]

  /// - Throws: `Failure` of status 66 if no reply is recorded.
  init(_ generation: Generation, in library: Library) throws {
    let recorded = try library.recordedReplies(of: generation.id)
    self.generation = generation
    replies = [("submit", recorded.submit), ("poll", recorded.poll)].compactMap { name, body in
      body.map { (name, RecordedReply($0)) }
    }
    guard !replies.isEmpty else {
      throw Failure(
        .noInput, "no reply is recorded for generation \(generation.id)",
        hint: "`seedbank show \(generation.id)` shows what happened to it")
    }
  }

  /// Prints the replies, to a terminal without escape sequences.
  func print(_ session: Session) {
    for (name, reply) in replies {
      let text = String(decoding: reply.text, as: UTF8.self)
      let safe = session.terminal.isPresent ? SafeText.lines(text) : text
      if replies.count > 1 { session.talk.note("reply to the \(name):") }
      session.output.write(safe + "\n")
    }
  }

  /// Writes all base64 files in the replies into a folder, and prints their paths.
  ///
  /// No file is overwritten.
  func extract(to folder: String, _ session: Session) throws {
    guard mkdir(folder, 0o755) == 0 || errno == EEXIST else { throw Self.failure("create", folder) }
    var count = 0
    for (name, reply) in replies {
      for (index, payload) in reply.payloads.enumerated() {
        let ending =
          payload.isDecoded
          ? ImageFormat(sniffing: payload.bytes)?.fileExtension
            ?? UndecodedImage.recognize(payload.bytes)?.kind.rawValue ?? "bin" : "b64"
        let path = "\(folder)/\(generation.id)-\(name)-\(index + 1).\(ending)"
        try Self.write(payload.bytes, to: path)
        session.output.write(path + "\n")
        count += 1
      }
    }
    guard count > 0 else {
      throw Failure(
        .noInput, "the recorded reply of generation \(generation.id) contains no base64",
        hint: "`seedbank show \(generation.id) --reply` prints it")
    }
  }

  private static func write(_ bytes: [UInt8], to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure("create", path) }
    defer { close(descriptor) }
    guard writeAll(bytes, to: descriptor) else { throw failure("write", path) }
  }

  private static func failure(_ operation: String, _ path: String) -> Failure {
    let reason = systemErrorText(errno)
    return Failure(.cannotCreate, "cannot \(operation) \(path): \(reason)")
  }
}
