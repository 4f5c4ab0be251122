import ArgumentParser
import SeedbankModel
import SeedbankRemote
import SeedbankStorage

struct RemoteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "remote",
    abstract: "Manage the places that the library pushes to and pulls from.",
    discussion: """
      A remote is an S3 bucket, a folder, or a place that rclone reaches. Credentials for S3 come from \
      the AWS variables or ~/.aws/credentials, never from the address.

      EXAMPLES
        seedbank remote add nas file:///media/nas/seedbank
        seedbank remote add team 's3://studio/seedbank?region=eu-central-1'
        seedbank remote check --deep
      """,
    subcommands: [Add.self, List.self, Remove.self, Check.self, Snapshot.self, Prune.self],
    defaultSubcommand: List.self)

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "add",
      abstract: "Add a remote.",
      discussion: """
        Nothing is sent. The first push creates the remote.

        EXAMPLES
          seedbank remote add nas file:///media/nas/seedbank
          seedbank remote add r2 's3://art?endpoint=https://ID.r2.cloudflarestorage.com&region=auto'
          seedbank remote add drive rclone:gdrive:seedbank
        """)

    @Argument(help: "A name for the remote.") var name: String
    @Argument(help: "Its address: s3://…, file:///… or rclone:REMOTE:PATH.") var url: String
    @OptionGroup var change: DryRunOption
    @OptionGroup var report: ReportOptions
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      try RemoteAddress(url).checkPlace(for: session.libraryFolder())
      try session.libraryForEdit(isDryRun: change.dryRun)
        .addRemote(name, url: url, rehearsing: change.dryRun)
      let shown = SafeText.line(name)
      let text =
        change.dryRun
        ? "Would add the remote \(shown).\n"
        : "Added the remote \(shown). `seedbank push` sends to it.\n"
      CommandReport("remote add", change, text: text) { object in
        object.member("remote", name)
        object.member("url", url)
      }.print(report, session)
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list",
      abstract: "List the remotes.",
      discussion: """
        EXAMPLES
          seedbank remote list
          seedbank remote list --format json
        """)

    @OptionGroup var list: ListOptions
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      let remotes = try session.openLibrary(for: .reading).remotes()
      let report = ListReport(
        keys: ["remote", "url"], rows: remotes.map { [.text($0.name), .text($0.url)] },
        name: "remote")
      report.print(list.format, session) {
        var table = TextTable([.init(title: "remote"), .init(title: "address")])
        table.rows = remotes.map { [$0.name, SafeText.line($0.url)] }
        return table.rendered(width: session.terminal.width, style: session.style)
      }
    }
  }

  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove",
      abstract: "Forget a remote.",
      discussion: """
        Nothing is removed from the remote itself.

        EXAMPLES
          seedbank remote remove nas
        """)

    @Argument(help: "The remote.") var name: String
    @OptionGroup var change: DryRunOption
    @OptionGroup var report: ReportOptions
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      let library = try session.openLibrary(for: change.dryRun ? .reading : .writing)
      let remote = try session.remote(name, of: library)
      let images = try library.imageCount(onlyOn: remote.name)
      if !change.dryRun { try library.removeRemote(remote.name) }
      if images > 0 {
        session.talk.warn(
          "\(Count.text(images, "image is", "images are")) only on the remote \(remote.name) and "
            + (change.dryRun ? "would be" : images == 1 ? "is now" : "are now") + " missing",
          hint: change.dryRun
            ? "download first: `seedbank fetch is:remote --remote \(remote.name)`"
            : "to undo this, run `seedbank remote add` with the same address, then `seedbank pull`")
      }
      let text =
        change.dryRun
        ? "Would remove the remote \(remote.name).\n"
        : "Removed the remote \(remote.name) from the library. Its objects were not changed.\n"
      CommandReport("remote remove", change, text: text) { object in
        object.member("remote", remote.name)
        object.member("url", remote.url)
      }.print(report, session)
    }
  }
}
