import FilePaths
import Platform

/// The file with the API key.
struct KeyStore {
  let path: FilePath
  /// Whether the config file names it already.
  private let isConfigured: Bool

  init(_ session: Session, _ settings: Settings) throws {
    if case .file(let path, _)? = try APIKeySource.file(session, settings) {
      self.path = path
      isConfigured = true
    } else {
      path = session.environment.configFile.folder + "/key"
      isConfigured = false
    }
  }

  var hasKey: Bool { FileKind.isThere(path) }

  /// Writes the key so that only its owner can read it, and names the file in the config file.
  ///
  /// - Returns: The change of the config file; nil if it named the file before.
  /// - Throws: `Failure` of status 73 or 74.
  func write(_ key: String, _ session: Session, isDryRun: Bool) throws -> ConfigFileChange? {
    if !isDryRun {
      try PrivateFolder.make(path.folder)
      let line = key.prefix { !$0.isNewline } + "\n"
      try FileWriting.replace(path, with: Array(line.utf8), permissions: .fixed(0o600))
    }
    if session.environment[APIKeySource.variableName] != nil {
      session.talk.warn(
        "\(APIKeySource.variableName) is set and is used instead of the file",
        hint: "`unset \(APIKeySource.variableName)` makes the stored key take effect")
    }
    if isConfigured { return nil }
    return try ConfigFileEditing(session, isDryRun: isDryRun)
      .set(.setting(.apiKeyFile), named: Setting.apiKeyFile.rawValue, to: path.text)
  }
}

/// Reads the key from a user or a program.
enum KeyInput {
  /// Longer than any key.
  private static let limit = 1 << 16

  /// Reads a line from a terminal without showing it, or all of standard input.
  /// - Throws: `Failure` of status 64 if nothing was given.
  static func read(_ session: Session) throws -> String {
    let text =
      isatty(STDIN_FILENO) == 1
      ? HiddenInput.line(after: "API key (not shown): ") ?? "" : try all()
    let key = text.filter { !$0.isNewline }
    guard !key.isEmpty else {
      throw Failure(.usage, "no key was given", hint: "paste the key and press Enter")
    }
    return key
  }

  private static func all() throws -> String {
    let bytes = readToEnd(of: STDIN_FILENO, limit: limit) ?? []
    guard bytes.count <= limit else {
      throw Failure(.usage, "standard input is too long for a key")
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
