import FilePaths
import Platform
import SeedbankRemote
import SeedbankStorage

/// Reads the text of a note from an argument, standard input, or the user's editor.
enum NoteText {
  /// The largest note, so that a wrong file is noticed.
  private static let largest = 1 << 20

  /// Passes the text to `save`.
  ///
  /// If `save` throws after the user has written a text in the editor, the file with the text is kept.
  ///
  /// - Parameter old: the initial text in the editor.
  /// - Throws: a `Failure`, or the error of `save`.
  static func read(
    _ text: String?, editing old: String, _ session: Session, save: (String) throws -> Void
  ) throws {
    if let text, text != "-" { return try save(text) }
    if text == "-" || isPiped {
      return try save(trimmed(bytes(of: STDIN_FILENO, "standard input")))
    }
    let editor = session.environment["VISUAL"] ?? session.environment["EDITOR"] ?? ""
    guard !editor.isEmpty else {
      throw Failure(
        .usage, "the text of the note is missing",
        hint: "give it as an argument, use - for standard input, or set EDITOR")
    }
    try edit(old, with: editor, session, save: save)
  }

  /// Whether `read` takes the text from the user's editor.
  static func isEdited(_ text: String?) -> Bool { text == nil && !isPiped }

  private static var isPiped: Bool {
    var status = stat()
    guard fstat(STDIN_FILENO, &status) == 0 else { return false }
    return status.isRegularFile || status.st_mode & S_IFMT == S_IFIFO
  }

  private static func bytes(of descriptor: Int32, _ name: String) throws -> [UInt8] {
    guard let bytes = readToEnd(of: descriptor, limit: largest) else {
      throw Failure(.inputOutput, "cannot read \(name): \(systemErrorText(errno))")
    }
    guard bytes.count <= largest else {
      throw Failure(.badData, "the note is larger than 1 MB; nothing was changed")
    }
    return bytes
  }

  /// The text without the line feeds at its end.
  private static func trimmed(_ bytes: [UInt8]) throws -> String {
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      throw Failure(.badData, "the note is not UTF-8 text; nothing was changed")
    }
    return String(text.reversed().drop(while: \.isNewline).reversed())
  }

  // MARK: Editor

  private static func edit(
    _ old: String, with editor: String, _ session: Session, save: (String) throws -> Void
  ) throws {
    let path = try temporaryFile(old, session)
    do {
      try run(editor, path)
    } catch {
      unlink(path)
      throw error
    }
    do {
      try save(trimmed(content(of: path)))
    } catch {
      guard !(error is OutputClosed), isWritten(path, over: old) else {
        unlink(path)
        throw error
      }
      let failure = Failure(error)
      let place = "your text is in \(path)"
      throw Failure(
        failure.status, failure.sentence, hint: failure.hint.map { "\(place); \($0)" } ?? place)
    }
    unlink(path)
  }

  private static func content(of path: FilePath) throws -> [UInt8] {
    let edited = open(path, O_RDONLY | O_CLOEXEC)
    guard edited >= 0 else {
      throw Failure(.inputOutput, "cannot read \(path): \(systemErrorText(errno))")
    }
    defer { close(edited) }
    return try bytes(of: edited, "\(path)")
  }

  /// Whether the file may have a text that is nowhere else.
  private static func isWritten(_ path: FilePath, over old: String) -> Bool {
    guard let bytes = try? content(of: path) else { return FileKind.isThere(path) }
    return !bytes.isEmpty && bytes != Array(old.utf8)
  }

  /// Writes a text to a new temporary file, and returns its path.
  ///
  /// - Throws: a `Failure`.
  private static func temporaryFile(_ text: String, _ session: Session) throws -> FilePath {
    var name = Array(
      ((session.environment["TMPDIR"] ?? "/tmp") + "/seedbank-note-XXXXXX").utf8CString)
    let descriptor = mkstemp(&name)
    guard descriptor >= 0 else {
      throw Failure(
        .cannotCreate, "cannot create a temporary file: \(systemErrorText(errno))",
        hint: "set TMPDIR to a folder that can be written to")
    }
    let path = name.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { FilePath(cString: $0) } ?? FilePath("")
    }
    defer { close(descriptor) }
    do {
      let file = StandardOutput(descriptor: descriptor)
      file.write(text)
      try file.flush()
    } catch {
      unlink(path)
      throw error
    }
    return path
  }

  /// Runs the editor with its options, and waits for its end.
  private static func run(_ editor: String, _ path: FilePath) throws {
    let script = FilePath(editor + " \"$1\"")
    let status = try ChildProcess.run(
      [FilePath("sh"), FilePath("-c"), script, FilePath("sh"), path])
    guard status == 0 else {
      throw Failure(
        .tryAgain, "the editor '\(editor)' failed; the note was not changed",
        hint: "set EDITOR to a program that can be started here")
    }
  }
}
