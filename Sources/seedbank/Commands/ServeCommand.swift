import ArgumentParser
import FilePaths
import SeedbankModel
import SeedbankQuery
import SeedbankStorage
import SeedbankWeb

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Show the library in a web browser.",
    discussion: """
      Starts a web server on this computer and prints its address, which contains a secret token. \
      Open the address once; the browser remembers the token until the server stops. Ctrl-C stops \
      the server.

      EXAMPLES
        seedbank serve --open
        seedbank serve --port 9000 --read-only
        seedbank serve --port 0 --ready-file /run/user/1000/seedbank-address
        seedbank serve --port 0 --json
      """)

  @Option(
    help: ArgumentHelp(
      "Port to listen on; 0 takes any free port.", valueName: "number"))
  var port = 8765
  @Option(
    help: ArgumentHelp(
      "Address or name to listen on.", valueName: "address"))
  var host = "127.0.0.1"
  @Flag(help: "Refuse all changes.")
  var readOnly = false
  @Flag(help: "Allow the page to request images from an image service, which charges for them.")
  var allowGenerate = false
  @Option(
    help: ArgumentHelp(
      "Images that the page may request until the server stops.",
      valueName: "number"))
  var budget = 20
  @Flag(help: "Allow changes from other computers, with --host.")
  var allowEditsFromNetwork = false
  @Option(
    help: ArgumentHelp(
      "Write the address to this file once the server accepts connections.", valueName: "file"),
    completion: .file())
  var readyFile: String?
  @Flag(help: "Open the address in the web browser.")
  var open = false
  @OptionGroup var gateway: GatewayOptions
  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    if allowGenerate, readOnly {
      throw ValidationError("--allow-generate and --read-only cannot be combined")
    }
    guard budget >= 0 else { throw ValidationError("--budget must be a number from 0") }
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port must be a number from 0 to 65535")
    }
    guard ServerAddress.isLoopback(host) || readOnly || allowEditsFromNetwork else {
      throw ValidationError(
        "--host \(host) lets other computers change the library; "
          + "add --read-only, or --allow-edits-from-network to allow that")
    }
  }

  func run() async throws {
    HeapSettings.keepSmall()
    let session = Session(global)
    // Later connections are opened in the same folder, also if the setting changes meanwhile.
    let folder = try session.libraryFolder()
    var settings = session.serverSettings()
    settings.host = host
    settings.port = port
    settings.isReadOnly = readOnly
    let generator =
      try allowGenerate ? PageGenerator(session, folder, gateway, budget: budget) : nil
    settings.generator = generator
    var random = SystemRandomNumberGenerator()
    let ticket = open ? EntryTicket(using: &random) : nil
    settings.ticket = ticket
    // Installed before the address is printed, so that a program that reads the address can stop the
    // server.
    let stop = session.serverStop()
    let server = try await WebServer.start(settings) {
      try session.openLibrary(folder, for: $0)
    }
    let address = ServerAddress(host: host, port: server.port, token: settings.token)
    var failure: (any Error)?
    var written: FilePath?
    do {
      if let readyFile {
        let path = Path.absolute(readyFile)
        try address.write(to: path)
        written = path
      }
      CommandReport("serve", text: address.text + "\n") { object in
        object.member("address", address.page)
        object.member("url", address.text)
        object.member("port", server.port)
        object.member("read_only", readOnly)
      }.print(report, session)
      // The program that started the server waits for this line.
      try session.output.flush()
      if let ticket { openBrowser(address.text(with: ticket), session) }
      await stop.wait()
    } catch {
      failure = error
    }
    await generator?.stop()
    await server.stop()
    if let written { unlink(written) }
    if let failure { throw failure }
  }

  /// Opens the page; without a browser, the user can still open the printed address.
  private func openBrowser(_ address: String, _ session: Session) {
    do {
      try Viewer.open(address: address, session.environment)
    } catch {
      let failure = Failure(error)
      session.talk.warn(failure.sentence, hint: failure.hint)
    }
  }
}
