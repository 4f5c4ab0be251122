import FilePaths
import Platform
import SeedbankRemote
import TerminalGraphics

/// The program that shows long output page by page: `PAGER`, or else less.
struct PagerProgram: Sendable, Equatable {
  let arguments: [String]
  /// Output with fewer lines is printed directly.
  let rows: Int

  /// Nil if standard output is not a terminal, or a pager is disabled or not installed.
  init?(_ terminal: Terminal, environment: Environment, rows: Int) {
    guard terminal.isCapable else { return nil }
    if let pager = environment["PAGER"] {
      guard let words = ShellWords.split(pager), let name = words.first, name != "cat" else {
        return nil
      }
      arguments = words
    } else if environment.variables["PAGER"] == nil, Self.isInstalled("less", environment) {
      arguments = ["less"]
    } else {
      return nil
    }
    self.rows = rows
  }

  private static func isInstalled(_ name: String, _ environment: Environment) -> Bool {
    (environment["PATH"] ?? "").split(separator: ":").contains {
      access(FilePath(String($0)).appending(name), X_OK) == 0
    }
  }

  /// Starts it, and redirects standard output to it, and standard error if that is a terminal.
  ///
  /// Returns nil if it cannot be started. Nothing is changed then.
  func start() -> pid_t? {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    // Colors are passed on, short output is not paged, and the text stays on the screen.
    setenv("LESS", "FRX", 0)
    setenv("LV", "-c", 0)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO)
    posix_spawn_file_actions_addclose(&actions, ends[0])
    posix_spawn_file_actions_addclose(&actions, ends[1])
    defer {
      posix_spawn_file_actions_destroy(&actions)
      close(ends[0])
      close(ends[1])
    }
    var process = pid_t()
    let result = ChildProcess.start(
      arguments.map(Path.typed), &process, actions: &actions, handling: [SIGINT])
    guard result == 0 else { return nil }
    // Ctrl-C belongs to the pager while it runs.
    signal(SIGINT, SIG_IGN)
    dup2(ends[1], STDOUT_FILENO)
    if isatty(STDERR_FILENO) == 1 { dup2(ends[1], STDERR_FILENO) }
    return process
  }
}

/// A command whose output may be longer than the screen.
protocol PagedCommand {
  var global: GlobalOptions { get }
}

extension SearchCommand: PagedCommand {}
extension ShowCommand: PagedCommand {}
extension DiffCommand: PagedCommand {}
extension PromptsCommand: PagedCommand {}
extension DuplicatesCommand: PagedCommand {}
extension SavedCommand.List: PagedCommand {}
extension TagsCommand.List: PagedCommand {}
extension HistoryCommand: PagedCommand {}
extension StatsCommand: PagedCommand {}
extension ModelsCommand: PagedCommand {}
extension CollectionCommand.List: PagedCommand {}
extension TrashCommand.List: PagedCommand {}

extension StandardOutput {
  /// Sends output that is longer than the screen to the pager.
  func offerPager(_ environment: Environment) {
    let terminal = Terminal(descriptor: STDOUT_FILENO, environment: environment)
    guard terminal.isPresent else { return }
    let rows = TerminalSize(descriptor: STDOUT_FILENO).rows
    usePager(PagerProgram(terminal, environment: environment, rows: rows))
  }
}
