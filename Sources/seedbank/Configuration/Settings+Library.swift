import FilePaths
import SeedbankStorage

extension Settings {
  /// The folder of the library.
  ///
  /// The config file is opened only without an option and a variable, and parsed only if it
  /// contains a library.
  static func library(_ session: Session) throws -> Sourced<FilePath> {
    let environment = session.environment
    if let path = session.libraryOption {
      return Sourced(
        value: try Path.absolute(path, of: "--library"), origin: .option("--library"))
    }
    if let path = environment[Setting.library.variable] {
      return Sourced(value: Path.absolute(path), origin: .variable(Setting.library.variable))
    }
    if try mentionsLibrary(environment.configFile),
      let found = try Settings(
        environment: environment, file: ConfigFile.read(environment.configFile)
      ).checkedText(.library)
    {
      return found.map { Path.absolute(Path.expanded($0, home: environment.home)) }
    }
    return Sourced(value: environment.defaultLibrary, origin: .builtIn)
  }

  private static func mentionsLibrary(_ path: FilePath) throws -> Bool {
    guard let bytes = try FileBytes.read(path, limit: 1 << 20) else { return false }
    let word = Array(Setting.library.rawValue.utf8)
    return bytes.indices.contains { bytes[$0...].starts(with: word) }
  }
}
