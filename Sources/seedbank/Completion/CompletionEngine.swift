import SeedbankModel
import SeedbankStorage

/// Decides what a shell offers for the word at the cursor.
///
/// It offers only what help lists.
struct CompletionEngine {
  /// What the shell offers in addition to the candidates.
  enum Paths: String { case words, files, folders }

  private let request: CompletionRequest
  private let values: CompletionValues
  private let command: CommandDump.Command
  /// The number of positional arguments before the word.
  private let position: Int
  private let used: Set<String>
  /// The option of which the word is the value.
  private let pending: CommandDump.Argument?
  private let isBehindDashes: Bool

  init(_ request: CompletionRequest, _ root: CommandDump.Command) {
    self.request = request
    var command = root
    var position = 0
    var used: Set<String> = []
    var pending: CommandDump.Argument?
    var isBehindDashes = false
    for word in CommandLineArguments.withCurrentNames(request.words) {
      if pending != nil {
        pending = nil
      } else if word == "--" {
        isBehindDashes = true
      } else if word.hasPrefix("-"), word.count > 1, !isBehindDashes {
        used.insert(String(word.prefix { $0 != "=" }))
        let option = Self.option(word, of: command) ?? Self.option(word, below: root)
        if option?.kind == .option, !word.contains("=") { pending = option }
      } else if position == 0,
        let inner = command.shownCommands.first(where: { $0.commandName == word })
      {
        command = inner
      } else {
        position += 1
      }
    }
    self.command = command
    self.position = position
    self.used = used
    self.pending = pending
    self.isBehindDashes = isBehindDashes
    values = CompletionValues(words: request.words)
  }

  /// The answer of the engine: the kind of paths, and one candidate per line.
  var answer: String {
    let (paths, candidates) = offer
    var seen: Set<String> = []
    let lines = candidates.filter {
      seen.insert($0).inserted && !$0.utf8.contains(UInt8(ascii: "\n"))
    }.map(request.written)
    return ([paths.rawValue] + lines).map { $0 + "\n" }.joined()
  }

  private var offer: (Paths, [String]) {
    let current = request.current
    if let pending { return value(of: pending, "", current) }
    if current.hasPrefix("--"), let equals = current.firstIndex(of: "="), !isBehindDashes,
      let option = Self.option(current, of: command)
    {
      let start = String(current[...equals])
      return value(of: option, start, String(current[current.index(after: equals)...]))
    }
    var candidates: [String] = []
    if current.hasPrefix("-"), !isBehindDashes { candidates += options }
    if position == 0 {
      candidates += command.shownCommands.map(\.commandName)
      if command.commandName == "help" { candidates += helpSubjects }
    }
    candidates = candidates.filter { $0.hasPrefix(current) }
    guard let argument = positional, !current.hasPrefix("--") || isBehindDashes else {
      return (.words, candidates)
    }
    let (paths, more) = value(of: argument, "", current)
    return (paths, candidates + more)
  }

  private var helpSubjects: [String] { HelpTopic.allCases.map(\.rawValue) + values.commandNames }

  private var options: [String] {
    command.shownArguments.filter { $0.kind != .positional }.flatMap { argument in
      (argument.names ?? []).map(\.typed).filter { argument.isRepeating || !used.contains($0) }
        .filter { $0.hasPrefix("--") || $0.count == 2 }
    }
  }

  private var positional: CommandDump.Argument? {
    let positionals = command.shownArguments.filter { $0.kind == .positional }
    if position < positionals.count { return positionals[position] }
    return positionals.last.flatMap { $0.isRepeating ? $0 : nil }
  }

  private func value(
    of argument: CommandDump.Argument, _ start: String, _ current: String
  ) -> (Paths, [String]) {
    switch argument.completionKind {
    case .file: return (.files, [])
    case .directory: return (.folders, [])
    case .list(let list):
      return (.words, list.filter { $0.hasPrefix(current) }.map { start + $0 })
    case .source(let name):
      let source = CompletionSource(rawValue: name)
      return (.words, source.map { values.matching(current, $0) }?.map { start + $0 } ?? [])
    case nil:
      let list = argument.allValues ?? []
      return (.words, list.filter { $0.hasPrefix(current) }.map { start + $0 })
    }
  }

  private static func option(
    _ word: String, of command: CommandDump.Command
  ) -> CommandDump.Argument? {
    let name = word.prefix { $0 != "=" }
    return (command.arguments ?? []).first { ($0.names ?? []).contains { $0.typed == name } }
  }

  /// Options that can precede the command belong to all commands.
  private static func option(
    _ word: String, below root: CommandDump.Command
  ) -> CommandDump.Argument? {
    root.leaves.first.flatMap { option(word, of: $0) }
  }
}
