import FilePaths
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
  func print(_ format: OutputFormat, _ session: Session) {
    if format.isJSON { return json.print(.json, session) }
    for (name, reply) in replies {
      let text = String(decoding: reply.text, as: UTF8.self)
      let safe = session.terminal.isPresent ? SafeText.lines(text) : text
      if replies.count > 1 { session.talk.note("reply to the \(name):") }
      session.output.write(safe + "\n")
    }
  }

  private var json: CommandReport {
    CommandReport("show", text: "") { object in
      object.member("id", generation.id.rawValue)
      object.key("replies")
      object.array { list in
        for (name, reply) in replies {
          list.object { entry in
            entry.member("name", name)
            entry.member("text", String(decoding: reply.text, as: UTF8.self))
          }
        }
      }
    }
  }

  /// Writes all base64 files in the replies into a folder, and prints their paths.
  ///
  /// No file is overwritten. Without base64, no folder is created.
  ///
  /// - Throws: `Failure` of status 66, 73 or 74.
  func extract(to folder: FilePath, _ format: OutputFormat, _ session: Session) throws {
    var files: [(path: FilePath, bytes: [UInt8])] = []
    for (name, reply) in replies {
      for (index, payload) in reply.payloads.enumerated() {
        let ending = Self.fileExtension(of: payload)
        let path = folder.appending("\(generation.id)-\(name)-\(index + 1).\(ending)")
        files.append((path, payload.bytes))
      }
    }
    guard !files.isEmpty else {
      throw Failure(
        .noInput, "the recorded reply of generation \(generation.id) contains no base64",
        hint: "`seedbank show \(generation.id) --reply` prints it")
    }
    try FileWriting.makeFolder(folder)
    for file in files { try FileWriting.refuseExisting(file.path) }
    for file in files { try FileWriting.create(file.path, file.bytes) }
    let paths = files.map(\.path)
    let lines = paths.flatMap { $0.bytes + [UInt8(ascii: "\n")] }
    CommandReport("show", bytes: lines) { object in
      object.member("id", generation.id.rawValue)
      object.key("files")
      object.array { list in
        for path in paths { list.object { $0.member(path: path) } }
      }
    }.print(format.isJSON ? .json : .table, session)
  }

  private static func fileExtension(of payload: RecordedReply.Payload) -> String {
    guard payload.isDecoded else { return "b64" }
    return ImageFormat(sniffing: payload.bytes)?.fileExtension
      ?? UndecodedImage.recognize(payload.bytes)?.kind.rawValue ?? "bin"
  }
}
