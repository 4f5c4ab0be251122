import Foundation

/// Measures whole processes and their memory, each run in turn with `sqlite3 FILE 'select 1'` for
/// comparison.
struct ProcessFigures {
  private let program: String
  private let bench: BenchLibrary
  private(set) var rows: [Figure] = []

  init(_ program: String, _ bench: BenchLibrary) throws {
    self.program = program
    self.bench = bench
    for arguments in Self.searches { try add(arguments, runs: 15) }
    for arguments in Self.listings { try add(arguments, runs: 3) }
    for arguments in Self.maintenance {
      add(arguments, try timed(command(arguments)))
    }
    try edits()
    try restore()
  }

  private static let word = Corpus.commonWord
  private static let page = ["--limit", "50", "--format", "ids"]

  private static let searches: [[String]] =
    [[word], ["zzz"], [word, "created:2023-11-20..2023-12-31"], ["word40*"]].map {
      ["search"] + $0 + page
    } + ["s*", "su*", "sun*", "l*", "li*", "lig*", "wor*"].map { ["search", $0] + page }
    + ["relevance", "seed", "random", "rating", "size", "created"].map {
      ["search", word, "--sort", $0] + page
    } + [
      ["search", word, "--limit", "50"], ["search", word, "--limit", "50", "--format", "jsonl"],
      ["search", word, "--count"], ["search", "guidance:2..3.5", "--count"],
      ["search", word, "--facets"], ["prompts", word, "--limit", "50"], ["show", "@last"],
      ["tags"], ["history"], ["status"],
    ]
  private static let listings = [
    ["stats"], ["check", "--quick"], ["search", word, "--format", "ids"],
    ["prompts", word, "--limit", "0"],
  ]
  private static let maintenance = [
    ["search", word, "--format", "jsonl"], ["search", word, "--format", "csv"], ["check"], ["dump"],
  ]

  private func command(_ arguments: [String], _ library: String? = nil) -> [String] {
    [program] + arguments + ["--library", library ?? bench.library.folder.path.text]
  }

  private mutating func add(_ arguments: [String], runs: Int) throws {
    let command = command(arguments)
    try Shell.spawn(command)
    var (times, ratios): ([Double], [Double]) = ([], [])
    for _ in 0..<runs {
      times.append(try Measure.once { try Shell.spawn(command) })
      let nothing = try Measure.once {
        try Shell.spawn(["sqlite3", bench.catalog, "select 1"])
      }
      ratios.append((times.last ?? 0) / nothing)
    }
    let ratio = Spread(ratios)
    rows.append(
      (
        "`\(arguments.joined(separator: " "))`",
        String(
          format: "%@; %.1f × (%.1f to %.1f); %d MB", Spread(times).milliseconds, ratio.median,
          ratio.least, ratio.most, try Shell.memory(command))
      ))
  }

  /// Seconds, and megabytes of memory, of one run.
  private func timed(_ command: [String]) throws -> (time: Double, memory: Int) {
    var memory = 0
    let time = try Measure.once { memory = try Shell.memory(command) }
    return (time / 1000, memory)
  }

  private mutating func add(
    _ arguments: [String], _ run: (time: Double, memory: Int), _ note: String = ""
  ) {
    rows.append(
      (
        "`\(arguments.joined(separator: " "))`",
        String(format: "%.2f s%@; %d MB", run.time, note, run.memory)
      ))
  }

  /// An edit of a tenth of the library, and undoing it.
  private mutating func edits() throws {
    for arguments in [
      ["tag", "id:1..\(bench.count / 10)", "--add", "process", "--yes"], ["undo"],
    ] { add(arguments, try timed(command(arguments))) }
  }

  private mutating func restore() throws {
    let folder = "\(bench.folder)/restored"
    try? FileManager.default.removeItem(atPath: folder)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Shell.spawn([program, "init", folder])
    let run = try timed(command(["restore", bench.lines], folder))
    let ratio = String(format: ", %.1f × `.import` into a bare table", run.time / bench.importing)
    add(["restore", "FILE"], run, ratio)
  }
}
