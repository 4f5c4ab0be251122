import FilePaths
import SeedbankModel

/// What a command did: a text for people, and one JSON object for programs.
struct CommandReport {
  /// As people type it, without the program's name.
  private let command: String
  /// Nil for a command that has no dry run.
  private let isDryRun: Bool?
  private let text: [UInt8]
  private let members: (inout JSONWriter) -> Void

  /// - Parameters:
  ///   - text: With its line feeds.
  ///   - members: Writes what follows the members `command` and `dry_run`.
  init(
    _ command: String, _ change: DryRunOption? = nil, text: String,
    members: @escaping (inout JSONWriter) -> Void
  ) {
    self.init(command, isDryRun: change?.dryRun, bytes: Array(text.utf8), members: members)
  }

  /// - Parameter bytes: The text, which may contain paths that are not UTF-8.
  init(
    _ command: String, isDryRun: Bool? = nil, bytes: [UInt8],
    members: @escaping (inout JSONWriter) -> Void
  ) {
    self.command = command
    self.isDryRun = isDryRun
    text = bytes
    self.members = members
  }

  func print(_ options: ReportOptions, _ session: Session) {
    print(options.format, session)
  }

  func print(_ format: OutputFormat, _ session: Session) {
    guard format == .json else { return session.output.write(text) }
    var writer = JSONWriter()
    writer.object { object in
      object.member("command", command)
      if let isDryRun { object.member("dry_run", isDryRun) }
      members(&object)
    }
    writer.newline()
    session.output.write(writer.bytes)
  }
}
