import ArgumentParser
import Dispatch
import Glibc

/// The process: arguments in, an exit status out.
@main
enum Main {
  static func main() {
    // A reader that went away shows as an error of the write, which ends the program quietly.
    signal(SIGPIPE, SIG_IGN)
    do {
      let arguments = RawText.arguments()
      try CommandLineArguments.checkText(arguments)
      if let search = SearchCommand.quick(arguments) {
        try search.run()
        exit(finish(.done).rawValue)
      }
      var command = try Seedbank.parseAsRoot(CommandLineArguments.prepared(arguments))
      if let command = command as? any AsyncParsableCommand {
        try OpenFileLimit.raise()
        runToTheEnd(command)
      }
      try command.run()
      exit(finish(.done).rawValue)
    } catch {
      exit(report(error).rawValue)
    }
  }

  /// Only what waits for a network needs the concurrency runtime's threads, so only that starts them.
  private static func runToTheEnd(_ command: any AsyncParsableCommand) -> Never {
    nonisolated(unsafe) var command = command
    Task {
      do {
        try await command.run()
        exit(finish(.done).rawValue)
      } catch {
        exit(report(error).rawValue)
      }
    }
    dispatchMain()
  }

  private static func report(_ error: any Error) -> ExitStatus {
    switch error {
    case is OutputClosed: return .done
    case let outcome as BatchOutcome: return finish(outcome.status)
    case _ where Seedbank.exitCode(for: error) == .success:
      // Help, the version and completion scripts come as errors, but they are results.
      let text = Seedbank.fullMessage(for: error)
      StandardOutput.shared.write((isScript ? text : Seedbank.asTyped(text: text)) + "\n")
      return finish(.done)
    default:
      let status = finish(.done)
      return status == .done ? show(Failure(error)) : status
    }
  }

  /// Whether a completion script was asked for, which shells read and people do not.
  private static var isScript: Bool {
    CommandLine.arguments.contains { $0.hasPrefix("--generate-completion-script") }
  }

  /// Flushes what was printed before the end, which can itself go wrong.
  private static func finish(_ status: ExitStatus) -> ExitStatus {
    do {
      try StandardOutput.shared.flush()
      return status
    } catch is OutputClosed {
      return status
    } catch {
      return show(Failure(error))
    }
  }

  private static func show(_ failure: Failure) -> ExitStatus {
    StandardError.show(failure)
    return failure.status
  }
}
