import ArgumentParser
import SeedbankModel

struct TagsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tags",
    abstract: "List the tags with how often each is used.",
    discussion: """
      Generations in the trash are not counted; a tag without uses is listed with 0.

      EXAMPLES
        seedbank tags
        seedbank tags --format json
      """)

  @OptionGroup var report: ReportOptions
  @OptionGroup var global: GlobalOptions

  func run() throws {
    let session = Session(global)
    let tags = try session.openLibrary(for: .reading).tagCounts()
    switch report.format {
    case .text:
      var table = TextTable([
        .init(title: "uses", alignment: .right), .init(title: "tag"),
      ])
      table.rows = tags.map { ["\($0.uses)", SafeText.line($0.name)] }
      session.output.write(table.rendered(width: session.terminal.width, style: session.style))
    case .json:
      var writer = JSONWriter()
      writer.array { array in
        for tag in tags {
          array.object { object in
            object.member("tag", tag.name)
            object.member("uses", tag.uses)
          }
        }
      }
      session.output.write(writer.text + "\n")
    }
  }
}
