import ArgumentParser
import FilePaths
import SeedbankModel
import SeedbankRemote
import SeedbankStorage

struct CloneCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clone",
    abstract: "Create a library from a remote.",
    discussion: """
      The new library has the remote under the name origin. If interrupted, continue with \
      `seedbank pull`. Unfinished work of other libraries is held.

      EXAMPLES
        seedbank clone s3://studio/seedbank?region=eu-central-1 ~/studio
        seedbank clone file:///media/nas/seedbank --images none
      """)

  @Argument(help: "The address of the remote.")
  var url: String
  @Argument(
    help: "The folder of the new library (default: the library in use).", completion: .directory)
  var folder: String?
  @Option(help: "Which images to download: all, none, or a query (default: all).")
  var images = "all"
  @OptionGroup var transfers: TransferOptions
  @OptionGroup var change: DryRunOption
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  /// The name of the remote in the new library.
  private static let remoteName = "origin"

  func run() async throws {
    let session = Session(global)
    let place =
      try folder.map { LibraryFolder(path: try Path.absolute($0, of: "the library")) }
      ?? session.libraryFolder()
    _ = try RemoteAddress(url)
    guard !FileKind.isThere(place.catalog) else {
      throw Failure(
        .cannotCreate, "a library already exists at \(place.path)",
        hint: "add the remote to it: `seedbank remote add NAME URL`, then run `seedbank pull`")
    }
    try Library.checkCanCreate(place)
    if change.dryRun {
      return CommandReport("clone", change, text: "Would create a library at \(place.path).\n") {
        $0.member(path: place.path)
      }.print(report, session)
    }
    let library = try Library.open(
      place, for: .creating, onStep: StopAtStep.observer(session.environment))
    try library.addRemote(Self.remoteName, url: url)
    session.talk.note("Created a library at \(place.path).")
    let remote = try session.remote(Self.remoteName, of: library)
    try await session.withConnection(remote, of: library, at: transfers.pace) { connection in
      let pull = try await PullCommand.pull(connection, library, images, session)
      CommandReport("clone", change, text: RemoteText.text(pull)) { object in
        object.member(path: place.path)
        pull.write(to: &object)
      }.print(report, session)
      try BatchOutcome.end(with: session.tell(pull.problems))
    }
  }
}
