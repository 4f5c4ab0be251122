import ArgumentParser

struct DumpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dump",
    abstract: "Export all records as JSON Lines.",
    discussion: """
      Contains all generations with requests, replies and timelines, also those in the trash, and \
      tags, collections, saved searches and the history. It does not contain image files: use \
      `seedbank backup` for these. The output is JSON Lines with and without --json.

      EXAMPLES
        seedbank dump > library.jsonl
        seedbank dump | zstd > library.jsonl.zst
      """)

  @OptionGroup var lines: JSONLinesOption
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let library = try session.openLibrary(for: .reading)
    try library.dump { lines in
      session.output.write(lines)
      try session.output.flushIfLarge()
    }
  }
}
