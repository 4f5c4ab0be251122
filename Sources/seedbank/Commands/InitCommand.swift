import ArgumentParser
import FilePaths
import SeedbankModel
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
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let place =
      try folder.map { LibraryFolder(path: try Path.absolute($0, of: "the library")) }
      ?? session.libraryFolder()
    do {
      _ = try Library.open(place, for: .reading)
      return summary(place, isNew: false, "A library already exists at").print(report, session)
    } catch LibraryError.missing {
      // This is the purpose of this command.
    }
    if change.dryRun {
      try Library.checkCanCreate(place)
      summary(place, isNew: true, "Would create a library at").print(report, session)
    } else {
      _ = try Library.open(place, for: .creating)
      summary(place, isNew: true, "Created a library at").print(report, session)
    }
  }

  private func summary(
    _ place: LibraryFolder, isNew: Bool, _ words: String
  ) -> CommandReport {
    CommandReport("init", change, text: "\(words) \(place.path).\n") { object in
      object.member(path: place.path)
      object.member("created", isNew)
    }
  }
}
