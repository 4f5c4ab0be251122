import ArgumentParser
import SeedbankModel
import SeedbankQuery
import SeedbankStorage
import SeedbankWeb

struct AssistantCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mcp",
    abstract: "Let an assistant search the library.",
    discussion: """
      Speaks the Model Context Protocol on standard input and output, for programs that start it. \
      The tools are search, show and facets; --allow-edits adds edit and undo. Standard output \
      has only the messages of the protocol, one JSON object on each line, with and without --json.

      EXAMPLES
        seedbank mcp
        seedbank mcp --allow-edits --library ~/pictures/seedbank
      """)

  @Flag(help: "Allow the assistant to edit and undo.")
  var allowEdits = false
  @OptionGroup var lines: JSONLinesOption
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: allowEdits ? .writing : .reading)
    let server = AssistantServer(
      library, editor: allowEdits ? session.actor : nil, version: Version.current,
      wording: .commandLine,
      local: { LocalTime(now: Clock.now()) { Clock.utcOffset(seconds: $0) } })
    var lines = InputLines()
    while let line = lines.next() {
      let answer: [UInt8]? =
        switch line {
        case .bytes(let bytes): server.answer(to: bytes)
        case .tooLong: AssistantServer.answer(toLineOver: InputLines.longest)
        }
      guard let answer else { continue }
      session.output.write(answer)
      session.output.write("\n")
      try session.output.flush()
    }
  }
}
