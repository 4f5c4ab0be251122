import ArgumentParser
import Dispatch
import Platform

/// The main program.
@main
enum Main {
  static func main() {
    // If the reader has closed the pipe, the write fails, and the program ends without a message.
    signal(SIGPIPE, SIG_IGN)
    // If a file would exceed the limit of file sizes, the write fails, and a request under way is finished. The
    // default action would end the process.
    signal(SIGXFSZ, SIG_IGN)
    // If the parent process ignores it, Seedbank inherits that. Then the system discards the exit status of each
    // program that Seedbank starts.
    signal(SIGCHLD, SIG_DFL)
    // A watch of a folder leases files, and the system sends this signal when another program opens such a file.
    // Its default action would end the process.
    signal(SIGIO, SIG_IGN)
    do {
      let arguments = try ConfiguredArguments.prepared(RawText.arguments(), .ofThisProcess())
      if try answer(arguments) { end(finish(.done)) }
      try CommandLineArguments.checkText(arguments)
      if let search = SearchCommand.quick(arguments) {
        StandardOutput.shared.offerPager(.ofThisProcess())
        try search.run()
        end(finish(.done))
      }
      var command = try Seedbank.parseAsRoot(CommandLineArguments.prepared(arguments))
      if let command = command as? any AsyncParsableCommand {
        try OpenFileLimit.raise()
        runToTheEnd(command)
      }
      if let paged = command as? any PagedCommand, !paged.global.noPager {
        StandardOutput.shared.offerPager(.ofThisProcess())
      }
      try command.run()
      end(finish(.done))
    } catch {
      end(report(error))
    }
  }

  /// Handles calls that are not commands of the parser: no arguments, topics of help, and requests of
  /// shells.
  private static func answer(_ arguments: [String]) throws -> Bool {
    let environment = Environment.ofThisProcess()
    if arguments.isEmpty {
      try StatusCommand.brief()
    } else if let topic = HelpTopic(asked: arguments) {
      StandardOutput.shared.offerPager(environment)
      let terminal = Terminal(descriptor: STDOUT_FILENO, environment: environment)
      let style = Style(.auto, terminal: terminal, environment: environment)
      StandardOutput.shared.write(
        PlainPage.text(topic.markdown, width: terminal.width, style: style))
    } else if let script = try CompletionScript(asked: arguments, shell: environment["SHELL"]) {
      StandardOutput.shared.write(script.text)
    } else if let request = CompletionRequest(arguments) {
      let root = try CommandDump.ofThisProgram().command
      StandardOutput.shared.write(CompletionEngine(request, root).answer)
    } else {
      try CommandLineArguments.checkHelp(arguments)
      return false
    }
    return true
  }

  /// Ends the process after the user has left the pager.
  private static func end(_ status: ExitStatus) -> Never {
    StandardOutput.shared.endPaging()
    exit(status.rawValue)
  }

  /// Only commands that wait for a network need the threads of Swift's concurrency runtime, so only they
  /// start them.
  private static func runToTheEnd(_ command: any AsyncParsableCommand) -> Never {
    nonisolated(unsafe) var command = command
    Task {
      do {
        try await command.run()
        end(finish(.done))
      } catch {
        end(report(error))
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
      let terminal = Terminal(descriptor: STDOUT_FILENO, environment: .ofThisProcess())
      let help = HelpText.wrapped(
        Seedbank.fullMessage(for: error), columns: terminal.isPresent ? terminal.width : nil)
      StandardOutput.shared.write(help + "\n")
      return finish(.done)
    default:
      let status = finish(.done)
      return status == .done ? show(Failure(error)) : status
    }
  }

  /// Flushes the output before the end, which can fail too.
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
