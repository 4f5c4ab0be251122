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
      The new library has the remote under the name origin. If interrupted, run the same \
      command again: it continues. Unfinished work of other libraries is held.

      EXAMPLES
        seedbank clone s3://studio/seedbank?region=eu-central-1 ~/studio
        seedbank clone file:///media/nas/seedbank --images none
      """)

  @Argument(help: "The address of the remote.")
  var url: String
  @Argument(
    help: "The folder of the new library (default: the library in use).", completion: .directory)
  var folder: String?
  @Option(help: "Which images to download: all, none, or a query.")
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
    let isPresent = FileKind.isThere(place.catalog)
    guard !isPresent || isClone(place) else {
      throw Failure(
        .cannotCreate, "a library already exists at \(place.path)",
        hint: "add the remote to it: `seedbank remote add NAME URL`, then run `seedbank pull`")
    }
    if !isPresent { try Library.checkCanCreate(place) }
    try await checkAddress(session)
    if change.dryRun {
      let action = isPresent ? "continue the clone" : "create a library"
      return CommandReport("clone", change, text: "Would \(action) at \(place.path).\n") {
        $0.member(path: place.path)
      }.print(report, session)
    }
    let library = try Library.open(
      place, for: .creating, onStep: StopAtStep.observer(session.environment))
    if try library.remotes().isEmpty { try library.addRemote(Self.remoteName, url: url) }
    let action = isPresent ? "Continuing the clone" : "Created a library"
    session.talk.note("\(action) at \(place.path).")
    let remote = try session.remote(Self.remoteName, of: library)
    try await session.withConnection(remote, of: library, at: transfers.pace) { connection in
      let pull = try await PullCommand.pull(
        connection, PullCommand.choice(images, in: library, session), session,
        hint: "run the same command again to continue")
      let text = try RemoteText.text(pull, in: library)
      CommandReport("clone", change, text: text) { object in
        object.member(path: place.path)
        pull.write(to: &object)
      }.print(report, session)
      try BatchOutcome.end(with: session.tell(pull.problems))
    }
  }

  /// Whether the library was created by this command, which may have been interrupted.
  ///
  /// A process that was killed before it added the remote leaves a library without generations.
  private func isClone(_ place: LibraryFolder) -> Bool {
    guard let library = try? Library.open(place, for: .reading),
      let remotes = try? library.remotes()
    else { return false }
    guard let first = remotes.first else { return (try? library.isEmpty()) == true }
    return remotes.count == 1 && first.name == Self.remoteName && first.url == url
  }

  /// Checks that a remote is at the address.
  ///
  /// A library must not be created for a wrong address, because the corrected command would find it there.
  private func checkAddress(_ session: Session) async throws {
    do {
      try await RemoteConnection.check(
        url, at: transfers.pace, in: session.remoteDependencies())
    } catch RemoteError.empty {
      throw Failure(
        .noInput, "\(SafeText.line(url)) is not a Seedbank remote",
        hint: "check the address")
    }
  }
}
