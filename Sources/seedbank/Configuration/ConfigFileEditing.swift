import FilePaths
import Glibc

/// Changes the config file.
struct ConfigFileEditing {
  private let session: Session
  private let isDryRun: Bool
  private var path: FilePath { session.environment.configFile }

  init(_ session: Session, isDryRun: Bool = false) {
    self.session = session
    self.isDryRun = isDryRun
  }

  /// - Throws: `Failure` of status 64 for a value that is not valid. The file is then unchanged.
  func set(_ key: ConfigKey, named name: String, to value: String) throws {
    if case .alias(let alias) = key, ConfiguredArguments.isCommand(alias) {
      throw Failure(.usage, "'\(alias)' is already a command", hint: "use another name")
    }
    var text = try ConfigText(read())
    let before = text
    text.set(key.components, to: value)
    try check(text, before, key, "\(name) cannot be '\(value)'")
    try write(text, "\(isDryRun ? "Would set" : "Set") \(name) to \(value) in \(path).")
  }

  func unset(_ name: String) throws {
    var text = try ConfigText(read())
    let before = text
    text.unset(name.split(separator: ".").map(String.init))
    guard text != before else {
      throw Failure(
        .noInput, "\(path) does not contain '\(name)'", hint: "`seedbank config` lists the settings"
      )
    }
    try write(text, "\(isDryRun ? "Would remove" : "Removed") \(name) from \(path).")
  }

  /// Runs the user's editor, then checks the file.
  func edit() throws {
    let editor = session.environment["VISUAL"] ?? session.environment["EDITOR"] ?? "vi"
    if !FileKind.isThere(path) { try create() }
    let words = ShellWords.split(editor) ?? [editor]
    let status = try ChildProcess.run(words.map(Path.typed) + [path])
    guard status == 0 else {
      throw Failure(.inputOutput, "\(editor) ended with status \(status)")
    }
    try Settings(environment: Environment(variables: [:]), file: ConfigFile.read(path)).check()
    session.talk.note("The settings are valid.")
  }

  private func check(
    _ text: ConfigText, _ before: ConfigText, _ key: ConfigKey, _ sentence: String
  ) throws {
    do {
      try ConfigCommand.check(text.text, of: session)
    } catch let failure as Failure {
      // An error that existed before is not caused by this edit.
      let isOld = (try? ConfigCommand.check(before.text, of: session)) == nil
      if isOld { throw failure }
      let hint =
        if case .setting(let setting) = key {
          "\(setting.rawValue) must be \(setting.allowed)"
        } else {
          failure.sentence
        }
      throw Failure(.usage, sentence, hint: hint)
    }
  }

  private func read() throws -> String {
    guard let bytes = try FileBytes.read(path, limit: 1 << 20) else { return "" }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(.notConfigured, "\(path) is not UTF-8")
    }
    return text
  }

  private func write(_ text: ConfigText, _ sentence: String) throws {
    if !isDryRun {
      try makeFolder()
      try FileWriting.replace(path, with: Array(text.text.utf8))
    }
    session.output.write(SafeText.line(sentence) + "\n")
  }

  private func create() throws {
    try makeFolder()
    try FileWriting.create(path, Array("# Settings of Seedbank; see `man seedbank`.\n".utf8))
  }

  private func makeFolder() throws { try PrivateFolder.make(path.folder) }
}

/// Creates folders that only their owner can enter.
enum PrivateFolder {
  /// Creates the folder and its parents. An existing folder is not changed.
  /// - Throws: `Failure` of status 73.
  static func make(_ path: FilePath) throws {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    if errno == ENOENT, path.folder != path {
      try make(path.folder)
      if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    }
    throw Failure(
      .cannotCreate, "\(path) cannot be created: \(String(cString: strerror(errno)))")
  }
}
