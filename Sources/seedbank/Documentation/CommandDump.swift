import FoundationEssentials

/// The argument parser's description of the commands, for the generated pages.
struct CommandDump: Decodable {
  let command: Command

  struct Command: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let shouldDisplay: Bool
    let superCommands: [String]?
    let subcommands: [Command]?
    let arguments: [Argument]?

    /// The typed name: `seedbank saved add`.
    var path: String { ((superCommands ?? []) + [commandName]).joined(separator: " ") }

    /// The long names of the options of a command within this one.
    func options(of path: String) -> [String] {
      var command = self
      for name in path.split(separator: " ") {
        guard let inner = command.subcommands?.first(where: { $0.commandName == name }) else {
          return []
        }
        command = inner
      }
      return command.shownArguments.flatMap { $0.names ?? [] }.filter { $0.kind == "long" }
        .map(\.typed)
    }

    /// This command or its subcommands that can be run.
    ///
    /// Only those shown in help.
    var leaves: [Command] {
      guard shouldDisplay, commandName != "help" else { return [] }
      let inner = (subcommands ?? []).flatMap(\.leaves)
      return inner.isEmpty ? [self] : inner
    }

    /// Its subcommands in help.
    var shownCommands: [Command] { (subcommands ?? []).filter(\.shouldDisplay) }

    var shownArguments: [Argument] { (arguments ?? []).filter(\.shouldDisplay) }
  }

  struct Argument: Decodable {
    enum Kind: String, Decodable { case positional, option, flag }
    struct Name: Decodable {
      let kind: String
      let name: String

      var typed: String { (kind == "long" ? "--" : "-") + name }
    }

    let kind: Kind
    let shouldDisplay: Bool
    let isOptional: Bool
    let isRepeating: Bool
    let names: [Name]?
    let valueName: String?
    let abstract: String?
    let defaultValue: String?
    let allValues: [String]?
    let completionKind: Completion?

    /// The values that a shell offers.
    enum Completion: Decodable, Equatable {
      case list([String])
      case file, directory
      /// The name of a `CompletionSource`.
      case source(String)

      private enum Key: String, CodingKey { case list, file, directory, shellCommand }
      private struct Values: Decodable { let values: [String] }
      private struct Name: Decodable { let command: String }

      init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        if let list = try container.decodeIfPresent(Values.self, forKey: .list) {
          self = .list(list.values)
        } else if let name = try container.decodeIfPresent(Name.self, forKey: .shellCommand) {
          self = .source(name.command)
        } else if container.contains(.directory) {
          self = .directory
        } else {
          self = container.contains(.file) ? .file : .list([])
        }
      }
    }
  }

  /// Asks the parser.
  static func ofThisProgram() throws -> CommandDump {
    try JSONDecoder().decode(CommandDump.self, from: Data(Seedbank._dumpHelp().utf8))
  }
}

extension CommandDump.Argument {
  /// The form in a line of usage: `<ref>`, `[--format <format>]`, `[<query> ...]`.
  var usage: String {
    let more = isRepeating ? " ..." : ""
    switch kind {
    case .positional:
      let value = "<\(valueName ?? "")>"
      return isOptional ? "[\(value)\(more)]" : value + more
    case .flag: return "[\(label)]\(more)"
    case .option: return isOptional ? "[\(label)]\(more)" : label + more
    }
  }

  /// The form before its explanation: `--format <format>`, `-h, --help`.
  var label: String {
    switch kind {
    case .positional: "<\(valueName ?? "")>"
    case .flag: names(joined: isInversion ? "/" : ", ")
    case .option: names(joined: ", ") + " <\(valueName ?? "")>"
    }
  }

  private var isInversion: Bool { (names ?? []).contains { $0.name.hasPrefix("no-") } }

  private func names(joined separator: String) -> String {
    (names ?? []).map(\.typed).joined(separator: separator)
  }

  /// The explanation with the allowed values and the default.
  var explanation: String {
    var text = abstract ?? ""
    if let allValues, !allValues.isEmpty {
      text += " One of: \(allValues.joined(separator: ", "))."
    }
    if let defaultValue, !defaultValue.isEmpty { text += " Default: \(defaultValue)." }
    return text
  }
}
