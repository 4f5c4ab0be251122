import ArgumentParser
import SeedbankStorage

extension TrashCommand {
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the trash, latest deleted first.",
      discussion: """
        EXAMPLES
          seedbank trash list
        """)

    @Option(help: "How many; 0 is all.")
    var limit = 50
    @OptionGroup var records: RecordOptions
    @OptionGroup var global: GlobalOptions

    func run() throws {
      let session = Session(global)
      let library = try session.openLibrary(for: .reading)
      let ids = try library.trash(limit: limit == 0 ? .max : limit)
      var printer = RecordPrinter(session, records, folder: library.folder)
      for start in stride(from: 0, to: ids.count, by: 500) {
        try printer.print(library.generations(Array(ids[start..<min(start + 500, ids.count)])))
      }
      printer.finish()
    }
  }
}
