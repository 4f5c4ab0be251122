import ArgumentParser

struct DumpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dump",
    abstract: "Print all that can't be made again, as JSON Lines.",
    discussion: """
      Every generation with its request, replies and timeline, the trash too; tags, collections, saved
      searches and the history. Image files are not in it: `seedbank backup` takes those.

      EXAMPLES
        seedbank dump > library.jsonl
        seedbank dump | zstd > library.jsonl.zst
      """)

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
