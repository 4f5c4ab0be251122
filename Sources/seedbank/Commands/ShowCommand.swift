import ArgumentParser
import FilePaths
import SeedbankModel
import SeedbankStorage
import SeedbankSync

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show all data of a generation.",
    discussion: """
      Shows prompt, parameters, timeline, images, parent, reproductions and generations that \
      differ only by the seed. With --as, prints the request for use in another program, without \
      the API key.

      EXAMPLES
        seedbank show @last
        seedbank show ~/Downloads/picture.jpg
        seedbank show 1234 --as curl
        seedbank show 1234 --lineage
        seedbank show 1234 --metadata
        seedbank show 1234 --reply
        seedbank show 1234 --extract recovered
      """)

  enum Form: String, ExpressibleByArgument, CaseIterable {
    case cli, curl, json, prompt
  }

  @Argument(help: .reference, completion: .generations)
  var reference: String
  @Option(name: .customLong("as"), help: "Print only the request, in this form.")
  var form: Form?
  @Option(help: "How the terminal shows images.")
  var picture: PictureChoice = .auto
  @Flag(help: "Show the tree of its ancestors and reproductions, with the changed fields.")
  var lineage = false
  @Flag(help: "Print the metadata of an imported image as its tool wrote it.")
  var metadata = false
  @Flag(help: "Print the recorded replies of the gateway, without the signatures of links.")
  var reply = false
  @Option(
    help: ArgumentHelp(
      "Write the images that the recorded replies contain as base64 to a folder.",
      valueName: "folder"), completion: .directory)
  var extract: String?
  @OptionGroup var records: RecordOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    let chosen = [form != nil, lineage, metadata, reply, extract != nil].count { $0 }
    if chosen > 1 {
      throw ValidationError("use only one of --as, --lineage, --metadata, --reply and --extract")
    }
  }

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .reading)
    let generation = try session.generation(reference, in: library)
    if lineage {
      return try LineagePrinter(session, records).print(of: generation.id, in: library)
    }
    if metadata { return try MetadataText.print(generation, records.format, session) }
    if reply { return try ReplyReport(generation, in: library).print(records.format, session) }
    if let extract {
      return try ReplyReport(generation, in: library)
        .extract(to: Path.typed(extract), records.format, session)
    }
    if let form {
      let request = try RequestRendering.text(generation, form, library, session)
      // The JSON of the request is printed in any case.
      guard records.format.isJSON, form != .json else {
        return RequestRendering.print(request, session)
      }
      return CommandReport("show", text: "") { object in
        object.member("id", generation.id.rawValue)
        object.member("form", form.rawValue)
        object.member("text", request)
      }.print(.json, session)
    }
    var whole = try WholeGeneration(generation, in: library)
    switch records.format {
    case .table:
      whole.seedEffect = try seedEffect(of: generation, in: library, session)
      let report = GenerationReport(
        whole, style: session.style, width: session.terminal.width,
        painter: session.picturePainter(picture), links: session.links)
      session.output.write(report.text)
    case .json, .jsonl: session.output.write(whole.json)
    case .csv, .ids, .paths:
      var printer = RecordPrinter(session, records, folder: library.folder)
      try printer.print([generation])
      printer.finish()
    }
  }

  /// What a repeated seed gives; nil for an image without a seed, or that no provider was asked for.
  private func seedEffect(
    of generation: Generation, in library: Library, _ session: Session
  ) throws -> SeedEffect? {
    guard generation.parameters.seed != nil, let name = generation.providerName else { return nil }
    let provider = try? Settings(session).provider(name)
    return try SeedEffect(
      model: generation.parameters.model, provider: name, service: provider?.service, in: library)
  }
}
