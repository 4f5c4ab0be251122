import FilePaths
import Platform

/// The place of the gateway's key.
///
/// Only the sender reads the key, and it is never shown.
enum APIKeySource: Sendable, Equatable {
  case variable
  case file(path: FilePath, origin: SettingOrigin)

  static let variableName = "SEEDBANK_API_KEY"
}

extension APIKeySource {
  /// The variable, or else the file that the other variable or the config file names; nil if none is set.
  static func find(_ session: Session, _ settings: Settings) throws -> APIKeySource? {
    if session.environment[variableName] != nil { return .variable }
    return try file(session, settings)
  }

  /// The file that a variable or the config file names, if any.
  static func file(_ session: Session, _ settings: Settings) throws -> APIKeySource? {
    guard let file = try settings.string(.apiKeyFile) else { return nil }
    let path = Path.absolute(Path.expanded(file.value, home: session.environment.home))
    return .file(path: path, origin: file.origin)
  }

  /// The key's text.
  /// - Throws: `Failure` of status 78 if it is missing or its file can be read by others.
  static func read(_ session: Session, _ settings: Settings) throws -> String {
    CoreDump.forbid()
    return switch try find(session, settings) {
    case nil:
      throw Failure(
        .notConfigured, "the API key is not set",
        hint:
          "`seedbank key set` stores it; \(variableName) and SEEDBANK_API_KEY_FILE work too"
      )
    case .variable:
      session.environment[variableName] ?? ""
    case .file(let path, _):
      try read(path)
    }
  }

  /// The longest key.
  ///
  /// A longer file is the wrong file.
  private static let sizeLimit = 1 << 16

  static func read(_ path: FilePath) throws -> String {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw Failure(
        .notConfigured, "cannot read the key file \(path): \(systemErrorText(errno))",
        hint: "save the key in it, then run `chmod 600 \(quoted(path))`")
    }
    let isPrivate = status.st_mode & 0o077 == 0
    // `chmod` of a folder or a device would lock out other users.
    guard !status.isFolder, isPrivate || status.isRegularFile else {
      throw Failure(
        .notConfigured,
        "the key file \(path) is \(status.isFolder ? "a folder" : "not a regular file")",
        hint: "name a file that contains only the key")
    }
    guard isPrivate else {
      throw Failure(
        .notConfigured, "the key file \(path) is not used, because other users can read it",
        hint: "run `chmod 600 \(quoted(path))`")
    }
    guard let bytes = try FileBytes.read(path, limit: sizeLimit) else {
      throw Failure(.notConfigured, "the key file \(path) does not exist any more")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func quoted(_ path: FilePath) -> String { ShellWord.quoted(path) }
}
