import ArgumentParser
import FilePaths
import SeedbankStorage

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Create a library.",
    discussion: """
      The first command that writes also creates the library. The folder must not exist yet, or be \
      empty. An existing library is left as it is.

      EXAMPLES
        seedbank init
        seedbank init /media/photos/seedbank
      """)

  @Argument(
    help: "The folder of the library (default: the library in use).", completion: .directory)
  var folder: String?
  @OptionGroup var change: DryRunOption
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let place = try folder.map { LibraryFolder(path: Path.absolute($0)) } ?? session.libraryFolder()
    do {
      _ = try Library.open(place, for: .reading)
      return session.output.write("A library already exists at \(place.path).\n")
    } catch LibraryError.missing {
      // This is the purpose of this command.
    }
    if change.dryRun {
      try Library.checkCanCreate(place)
      session.output.write("Would create a library at \(place.path).\n")
    } else {
      _ = try Library.open(place, for: .creating)
      session.output.write("Created a library at \(place.path).\n")
    }
  }
}
