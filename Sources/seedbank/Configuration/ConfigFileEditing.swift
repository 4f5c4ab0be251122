import FilePaths
import Platform
import SeedbankModel
import SeedbankRemote

/// Changes the config file.
struct ConfigFileEditing {
  private let session: Session
  private let isDryRun: Bool
  private var path: FilePath { session.environment.configFile }
  /// Bytes; larger than any config file.
  private static let limit = 1 << 20

  init(_ session: Session, isDryRun: Bool = false) {
    self.session = session
    self.isDryRun = isDryRun
  }

  /// - Throws: `Failure` of status 64 for a value that is not valid. The file is then unchanged.
  func set(_ key: ConfigKey, named name: String, to value: String) throws -> ConfigFileChange {
    if case .alias(let alias) = key, ConfiguredArguments.isCommand(alias) {
      throw Failure(.usage, "'\(alias)' is already a command", hint: "use another name")
    }
    var text = try ConfigText(read())
    let before = text
    text.set(key.components, to: value)
    try check(text, before, key, "\(name) cannot be '\(value)'")
    try write(text)
    return ConfigFileChange(path: path, name: name, value: value)
  }

  func unset(_ name: String) throws -> ConfigFileChange {
    var text = try ConfigText(read())
    let before = text
    text.unset(ConfigKey(name)?.components ?? name.split(separator: ".").map(String.init))
    guard text != before else {
      throw Failure(
        .noInput, "\(path) does not contain '\(name)'", hint: "`seedbank config` lists the settings"
      )
    }
    try write(text)
    return ConfigFileChange(path: path, name: name, value: nil)
  }

  /// Runs the user's editor, then checks the file.
  ///
  /// Returns whether the file was changed.
  func edit() throws -> Bool {
    let editor = session.environment["VISUAL"] ?? session.environment["EDITOR"] ?? "vi"
    let before = try FileBytes.read(path, limit: Self.limit)
    if before == nil { try create() }
    let words = ShellWords.split(editor) ?? [editor]
    let status = try ChildProcess.run(words.map(Path.typed) + [path])
    guard status == 0 else {
      throw Failure(.inputOutput, "\(editor) ended with status \(status)")
    }
    try Settings(environment: Environment(variables: [:]), file: ConfigFile.read(path)).check()
    session.talk.note("The settings are valid.")
    return try FileBytes.read(path, limit: Self.limit) != before
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
    guard let bytes = try FileBytes.read(path, limit: Self.limit) else { return "" }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(.notConfigured, "\(path) is not UTF-8")
    }
    return text
  }

  private func write(_ text: ConfigText) throws {
    guard !isDryRun else { return }
    try makeFolder()
    try FileWriting.replace(path, with: Array(text.text.utf8))
  }

  private func create() throws {
    try makeFolder()
    try FileWriting.create(path, Array("# Settings of Seedbank; see `man seedbank`.\n".utf8))
  }

  private func makeFolder() throws { try PrivateFolder.make(path.folder) }
}

/// A value that was set in the config file, or removed from it.
struct ConfigFileChange {
  let path: FilePath
  let name: String
  /// Nil if the value was removed.
  let value: String?

  func sentence(isDryRun: Bool) -> String {
    let sentence =
      if let value {
        "\(isDryRun ? "Would set" : "Set") \(name) to \(value) in \(path)."
      } else {
        "\(isDryRun ? "Would remove" : "Removed") \(name) from \(path)."
      }
    return SafeText.line(sentence) + "\n"
  }

  func report(_ command: String, _ change: DryRunOption) -> CommandReport {
    CommandReport(command, change, text: sentence(isDryRun: change.dryRun)) { object in
      object.member(path: path)
      object.member("name", name)
      object.member("value", value)
    }
  }
}

/// Creates folders that only their owner can enter.
enum PrivateFolder {
  /// Creates the folder and its parents.
  ///
  /// An existing folder is not changed.
  /// - Throws: `Failure` of status 73.
  static func make(_ path: FilePath) throws {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    if errno == ENOENT, path.folder != path {
      try make(path.folder)
      if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    }
    throw Failure(
      .cannotCreate, "\(path) cannot be created: \(systemErrorText(errno))")
  }
}
