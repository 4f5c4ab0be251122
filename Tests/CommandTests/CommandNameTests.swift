import ArgumentParser
import Testing

@testable import seedbank

@Suite("Names of commands") struct CommandNameTests {
  @Test("are given, because deriving them from types takes half of the time of a start")
  func given() {
    func check(_ commands: [any ParsableCommand.Type]) {
      for command in commands {
        #expect(command.configuration.commandName != nil, "\(command)")
        check(command.configuration.subcommands)
      }
    }
    check(Seedbank.configuration.subcommands)
  }

  /// Commands that change neither the library nor a remote or the settings, or ask the user what to change.
  private static let withoutDryRun: Set<String> = [
    "collection list", "compare", "config edit", "config get", "config list", "config path", "diff",
    "doctor", "dump", "duplicates", "history", "key test", "mcp", "models", "open", "owner",
    "prompts", "providers list", "providers test", "remote check", "remote list", "saved list",
    "search", "serve", "show", "stats", "status", "tags list", "trash list",
  ]

  @Test("have --dry-run if they change something")
  func dryRun() throws {
    let leaves = try CommandDump.ofThisProgram().command.leaves
    let without = leaves.filter { command in
      let names = (command.arguments ?? []).flatMap { $0.names ?? [] }.map(\.typed)
      return !names.contains("--dry-run")
    }
    let names = without.map { String($0.path.dropFirst("seedbank ".count)) }
    #expect(Set(names) == Self.withoutDryRun)
  }
}
