/// Manual pages in troff: one for the program, one for each command, and one for each topic of help.
enum ManualPage {
  /// File names and their content.
  static func pages(_ dump: CommandDump) -> [(name: String, text: String)] {
    let commands = dump.command.leaves
    let whole = ("seedbank.1", overview(dump.command, commands))
    let topics = HelpTopic.allCases.map { ("seedbank-\($0.rawValue).7", page($0)) }
    return [whole] + topics
      + commands.map { command in
        let name = command.path.split(separator: " ").joined(separator: "-")
        return ("\(name).1", page(command, name))
      }
  }

  private static func overview(
    _ root: CommandDump.Command, _ commands: [CommandDump.Command]
  ) -> String {
    var page = head("seedbank", root.abstract ?? "")
    page += ".SH SYNOPSIS\n.B seedbank\n\\fIcommand\\fR [\\fIoptions\\fR]\n"
    page += ".SH COMMANDS\n"
    for command in commands {
      page += ".TP\n.B \(escaped(command.path))\n\(line(command.abstract ?? ""))\n"
    }
    page += ".SH TOPICS\n"
    for topic in HelpTopic.allCases {
      page += ".TP\n.B seedbank help \(escaped(topic.rawValue))\n\(line(topic.abstract))\n"
    }
    for section in CommonPages.sections {
      page += ".SH \(section.title.uppercased())\n" + plain(section.markdown)
    }
    return page
  }

  private static func page(_ command: CommandDump.Command, _ name: String) -> String {
    let text = CommandText(command.discussion)
    var page = head(name, command.abstract ?? "")
    page += ".SH SYNOPSIS\n.B \(escaped(command.path))\n"
    page += command.shownArguments.map { line($0.usage) + "\n" }.joined()
    page += ".SH DESCRIPTION\n\(line(command.abstract ?? ""))\n"
    for paragraph in text.paragraphs { page += ".PP\n\(line(paragraph))\n" }
    page += ".SH OPTIONS\n"
    for argument in command.shownArguments {
      page += ".TP\n.B \(escaped(argument.label))\n\(line(argument.explanation))\n"
    }
    if !text.examples.isEmpty {
      page += ".SH EXAMPLES\n.nf\n" + text.examples.map { line($0) + "\n" }.joined() + ".fi\n"
    }
    return page + ".SH SEE ALSO\n.BR seedbank (1)\n"
  }

  private static func page(_ topic: HelpTopic) -> String {
    head("seedbank-\(topic.rawValue)", topic.abstract, section: 7)
      + ".SH DESCRIPTION\n" + plain(topic.markdown) + ".SH SEE ALSO\n.BR seedbank (1)\n"
  }

  private static func head(_ name: String, _ abstract: String, section: Int = 1) -> String {
    let title = name.uppercased()
    return """
      .TH "\(escaped(title))" \(section) "" "seedbank \(Version.current)" "Seedbank"
      .SH NAME
      \(escaped(name)) \\- \(escaped(abstract))

      """
  }

  /// A line of text.
  ///
  /// A dot or a quote at its start is escaped, because it would be a request.
  private static func line(_ text: String) -> String {
    let text = escaped(text)
    return text.hasPrefix(".") || text.hasPrefix("'") ? "\\&" + text : text
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("~", with: "\\(ti")
      .replacing("^", with: "\\(ha").replacing("`", with: "\\(ga")
  }

  /// Renders Seedbank's Markdown, which has only paragraphs, lists, tables and fences.
  private static func plain(_ markdown: String) -> String {
    var text = ""
    var isFenced = false
    for part in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      if part.hasPrefix("```") {
        isFenced.toggle()
        text += isFenced ? ".PP\n.nf\n" : ".fi\n"
      } else if isFenced {
        text += line(String(part)) + "\n"
      } else if part.isEmpty {
        text += ".PP\n"
      } else if part.hasPrefix("| ---") {
        continue
      } else if part.hasPrefix("|") {
        let cells = part.split(separator: "|").map { $0.drop { $0 == " " } }
        text += ".br\n" + line(cells.map(unmarked).joined(separator: "\u{2003}")) + "\n"
      } else {
        text +=
          (part.hasPrefix("- ") ? ".IP \\(bu 2\n" : "")
          + line(unmarked(part.hasPrefix("- ") ? part.dropFirst(2) : part)) + "\n"
      }
    }
    return text
  }

  /// The text without marks of code and targets of links.
  private static func unmarked(_ text: some StringProtocol) -> String {
    String(text).replacing("`", with: "").replacing(/\[([^\]]*)\]\([^)]*\)/) { $0.output.1 }
  }
}
