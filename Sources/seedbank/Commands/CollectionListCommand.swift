import ArgumentParser
import SeedbankModel
import SeedbankStorage

extension CollectionCommand {
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the collections, or what is in one.",
      discussion: """
        EXAMPLES
          seedbank collection list
          seedbank collection list 'Best of May' --format paths
        """)

    @Argument(
      help: "The collection; without it, all of them by name.", completion: .collections)
    var name: String?
    @OptionGroup var records: RecordOptions
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      let library = try session.openLibrary(for: .reading)
      guard let name else { return try Self.listAll(library, records.format, session) }
      let ids = try library.members(ofCollection: name)
      var printer = RecordPrinter(session, records, folder: library.folder)
      for start in stride(from: 0, to: ids.count, by: 500) {
        try printer.print(library.generations(Array(ids[start..<min(start + 500, ids.count)])))
      }
      printer.finish()
    }

    private static func listAll(
      _ library: Library, _ format: RecordFormat, _ session: Session
    ) throws {
      let collections = try library.collections()
      switch format {
      case .json, .jsonl:
        var writer = JSONWriter()
        writer.array { array in
          for collection in collections {
            array.object { object in
              object.member("collection", collection.name)
              object.member("generations", collection.count)
              object.member("created_at", collection.createdAt.description)
            }
          }
        }
        session.output.write(writer.text + "\n")
      case .table, .csv, .ids, .paths:
        var table = TextTable([
          .init(title: "generations", alignment: .right), .init(title: "collection"),
        ])
        table.rows = collections.map { ["\($0.count)", SafeText.line($0.name)] }
        session.output.write(table.rendered(width: session.terminal.width, style: session.style))
      }
    }
  }
}
