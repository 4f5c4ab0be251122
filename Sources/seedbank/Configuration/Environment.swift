import FilePaths
import Platform

/// The variables of the process, and values that depend only on them.
///
/// They are read once.
struct Environment: Sendable {
  let variables: [String: String]

  /// An empty variable counts as unset.
  subscript(name: String) -> String? {
    variables[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  init(variables: [String: String]) { self.variables = variables }

  static func ofThisProcess() -> Environment { process }

  private static let process: Environment = {
    var variables: [String: String] = [:]
    var entry = environ
    while let pointer = entry.pointee {
      let text = RawText.text(of: FilePath(cString: pointer).bytes)
      // By scalars: a value can begin with a combining mark.
      let scalars = text.unicodeScalars
      if let equals = scalars.firstIndex(of: "=") {
        variables[String(scalars[..<equals])] = String(scalars[scalars.index(after: equals)...])
      }
      entry += 1
    }
    return Environment(variables: variables)
  }()

  /// The home folder, from `HOME` or else from the account.
  var home: String {
    if let home = self["HOME"] { return home }
    guard let account = getpwuid(getuid()), let folder = account.pointee.pw_dir else { return "/" }
    return RawText.text(of: FilePath(cString: folder).bytes)
  }

  /// `$XDG_DATA_HOME/seedbank`.
  ///
  /// As the specification says, relative paths are ignored.
  var defaultLibrary: FilePath {
    Path.absolute(base("XDG_DATA_HOME", ".local/share") + "/seedbank")
  }

  /// `$XDG_CONFIG_HOME/seedbank/config.yaml`, or what `SEEDBANK_CONFIG` names.
  var configFile: FilePath {
    Path.absolute(
      self["SEEDBANK_CONFIG"] ?? base("XDG_CONFIG_HOME", ".config") + "/seedbank/config.yaml")
  }

  private func base(_ variable: String, _ fallback: String) -> String {
    guard let path = self[variable], path.hasPrefix("/") else { return home + "/" + fallback }
    return path
  }
}
