import SeedbankModel
import SeedbankStorage

/// The context of a command: the environment, the settings, and the streams.
struct Session: Sendable {
  let environment: Environment
  /// What `--library` named.
  let libraryOption: String?
  /// The start time of the command.
  ///
  /// All parts use the same time.
  let now: Timestamp
  let output = StandardOutput.shared
  /// The terminal behind standard output.
  let terminal: Terminal
  let style: Style
  /// Links to files on standard output.
  let links: Hyperlink
  /// Notes and warnings.
  let talk: Diagnostics

  init(_ options: GlobalOptions) {
    self.init(
      environment: .ofThisProcess(), library: options.library, color: options.color,
      isQuiet: options.quiet)
  }

  init(environment: Environment, library: String?, color: ColorChoice, isQuiet: Bool) {
    self.environment = environment
    libraryOption = library
    now = Clock.now()
    terminal = Terminal(descriptor: 1, environment: environment)
    style = Style(color, terminal: terminal, environment: environment)
    links = Hyperlink(terminal, environment: environment)
    let errors = Terminal(descriptor: 2, environment: environment)
    talk = Diagnostics(
      isQuiet: isQuiet, terminal: errors,
      style: Style(color, terminal: errors, environment: environment))
  }

  /// The folder of the library: by option, variable or config file, or else the default.
  func libraryFolder() throws -> LibraryFolder {
    LibraryFolder(path: try Settings.library(self).value)
  }

  /// The library for reading; nil if it does not exist yet.
  /// - Throws: `LibraryError`, or a `Failure` of the configuration.
  func presentLibrary() throws -> Library? {
    do {
      return try openLibrary(for: .reading)
    } catch LibraryError.missing {
      return nil
    }
  }

  /// The library for a dry run; nil if a command would create it.
  /// - Throws: `LibraryError`, or a `Failure` of the configuration.
  func libraryToRehearse() throws -> Library? {
    if let library = try presentLibrary() { return library }
    try Library.checkCanCreate(libraryFolder())
    return nil
  }

  /// The library for an edit that creates it if necessary.
  ///
  /// A dry run creates nothing. If the library does not exist, its edit is made in an empty temporary library.
  /// - Throws: `LibraryError`, or a `Failure` of the configuration.
  func libraryForEdit(isDryRun: Bool) throws -> Library {
    guard isDryRun else { return try openLibrary(for: .creating) }
    do {
      return try openLibrary(for: .writing)
    } catch LibraryError.missing {
      return try Library.temporary(for: libraryFolder())
    }
  }

  /// Opens the library.
  ///
  /// Prints a note if it was created.
  /// - Throws: `LibraryError`, or a `Failure` of the configuration.
  func openLibrary(for access: Library.Access) throws -> Library {
    try openLibrary(libraryFolder(), for: access)
  }

  /// Opens the library in a folder, for a command that opens its library more than once.
  ///
  /// The setting that names the library can change while the command runs.
  /// - Throws: `LibraryError`.
  func openLibrary(_ folder: LibraryFolder, for access: Library.Access) throws -> Library {
    let isNew = access == .creating && !FileKind.isThere(folder.catalog)
    let library = try Library.open(folder, for: access, onStep: StopAtStep.observer(environment))
    if isNew { talk.note("Created a library at \(folder.path).") }
    return library
  }
}
