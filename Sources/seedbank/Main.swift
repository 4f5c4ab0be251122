import ArgumentParser
import Glibc

/// The process: arguments in, an exit status out.
@main
enum Main {
  static func main() async {
    // A reader that went away shows as an error of the write, which ends the program quietly.
    signal(SIGPIPE, SIG_IGN)
    let status = await run(Array(CommandLine.arguments.dropFirst()))
    exit(status.rawValue)
  }

  private static func run(_ arguments: [String]) async -> ExitStatus {
    do {
      var command = try Seedbank.parseAsRoot(CommandLineArguments.prepared(arguments))
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      return finish(.done)
    } catch {
      return report(error)
    }
  }

  private static func report(_ error: any Error) -> ExitStatus {
    switch error {
    case is OutputClosed: return .done
    case let outcome as BatchOutcome: return finish(outcome.status)
    case _ where Seedbank.exitCode(for: error) == .success:
      // Help, the version and completion scripts come as errors, but they are results.
      StandardOutput.shared.write(Seedbank.asTyped(text: Seedbank.fullMessage(for: error)) + "\n")
      return finish(.done)
    default:
      let status = finish(.done)
      return status == .done ? show(Failure(error)) : status
    }
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
