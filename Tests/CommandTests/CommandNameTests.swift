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
}
