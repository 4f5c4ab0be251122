import ArgumentParser
import FilePaths
import SeedbankStorage

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make a new library.",
    discussion: """
      Commands that write make the library by themselves; this one makes it by name. A library that \
      is there already is left as it is.

      EXAMPLES
        seedbank init
        seedbank init /media/photos/seedbank
      """)

  @Argument(help: "Its folder; else the one in force.", completion: .directory)
  var folder: String?
  @OptionGroup var change: DryRunOption
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let place = try folder.map { LibraryFolder(path: Path.absolute($0)) } ?? session.libraryFolder()
    if (try? Library.open(place, for: .reading)) != nil {
      session.output.write("The library at \(place.path) is there already.\n")
    } else if change.dryRun {
      session.output.write("Would make a library at \(place.path).\n")
    } else {
      _ = try Library.open(place, for: .creating)
      session.output.write("Made a library at \(place.path).\n")
    }
  }
}
