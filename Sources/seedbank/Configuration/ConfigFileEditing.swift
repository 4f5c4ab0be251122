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
  /// The permissions of a new config file: the address of a proxy can contain a password.
  private static let newMode: mode_t = 0o600

  init(_ session: Session, isDryRun: Bool = false) {
    self.session = session
    self.isDryRun = isDryRun
  }

  /// - Throws: `Failure` of status 64 for a value that is not valid. The file is then unchanged.
  func set(_ key: ConfigKey, named name: String, to value: String) throws -> ConfigFileChange {
    if case .alias(let alias) = key {
      if ConfiguredArguments.isCommand(alias) {
        throw Failure(.usage, "'\(alias)' is already a command", hint: "use another name")
      }
      guard ConfiguredArguments.command(value) != nil else {
        throw Failure(
          .usage, "\(name) cannot be '\(value)'",
          hint: "an alias is a command with arguments, such as 'search rating:4..'")
      }
    }
    let before = try ConfigText(read())
    let text = before.setting(key, to: value)
    guard isExact(text, before, key.name, value) else {
      // If a plain value cannot be set either, the reason is the form of the file.
      guard isExact(before.setting(key, to: "x"), before, key.name, "x") else {
        throw unsuitableForm(name)
      }
      throw Failure(
        .usage, "\(name) cannot be '\(value)'", hint: "a config file cannot contain this text")
    }
    try check(text, before, key, "\(name) cannot be '\(value)'")
    try write(text)
    return ConfigFileChange(path: path, name: name, value: value)
  }

  func unset(_ name: String) throws -> ConfigFileChange {
    var text = try ConfigText(read())
    let before = text
    text.unset(ConfigKey(name)?.components ?? name.split(separator: ".").map(String.init))
    if !isExact(text, before, name, nil) { throw unsuitableForm(name) }
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

  /// Whether an edit gave one key its value, or removed it, and changed no other key.
  ///
  /// If the file was not valid before, nothing can be compared.
  private func isExact(
    _ text: ConfigText, _ before: ConfigText, _ name: String, _ value: String?
  ) -> Bool {
    guard let old = try? values(of: before) else { return true }
    guard let new = try? values(of: text) else { return false }
    func isInside(_ key: String) -> Bool { key == name || key.hasPrefix(name + ".") }
    func isOther(_ key: String) -> Bool { !isInside(key) && !name.hasPrefix(key + ".") }
    let isSet = value.map { new[name] == [$0] } ?? !new.keys.contains(where: isInside)
    return isSet && old.filter { isOther($0.key) } == new.filter { isOther($0.key) }
  }

  private func values(of text: ConfigText) throws -> [String: [String]] {
    try ConfigFile.parse(Array(text.text.utf8), of: path)?.values ?? [:]
  }

  private func unsuitableForm(_ name: String) -> Failure {
    Failure(
      .notConfigured, "'\(name)' cannot be changed in \(path), because of the form of the file",
      hint: "write each setting on a line of its own, such as `limit: 5`; "
        + "`seedbank config edit` opens the file")
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
    try FileWriting.replace(
      path, with: Array(text.text.utf8), permissions: .kept(new: Self.newMode))
  }

  private func create() throws {
    try makeFolder()
    try FileWriting.create(
      path, Array("# Settings of Seedbank; see `man seedbank`.\n".utf8), mode: Self.newMode)
  }

  private func makeFolder() throws { try PrivateFolder.make(path.folder) }
}

extension ConfigText {
  /// The text with another value of a key.
  fileprivate func setting(_ key: ConfigKey, to value: String) -> ConfigText {
    var text = self
    text.set(key.components, to: value)
    return text
  }
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
  static func make(_ path: FilePath) throws { try FileWriting.makeFolder(path, mode: 0o700) }
}
