import SeedbankModel
import SeedbankStorage

/// The most frequent values of the matches of a query.
enum FacetReport {
  static func text(_ facets: Facets, _ format: OutputFormat, _ session: Session) -> String {
    format == .table ? table(facets, session) : json(facets)
  }

  private static func table(_ facets: Facets, _ session: Session) -> String {
    var text = "\(Count.text(facets.total, "generation"))\n"
    for (title, counts) in [
      ("Tags", facets.tags), ("Models", facets.models), ("Sizes", facets.sizes),
    ] where !counts.isEmpty {
      var table = TextTable([
        .init(title: "count", alignment: .right), .init(title: "value"),
      ])
      table.hasHead = false
      table.rows = counts.map { ["  \($0.count)", SafeText.line($0.value)] }
      text += "\n" + session.style.underlined(title) + "\n"
      text += table.rendered(width: session.terminal.width, style: session.style)
    }
    return text
  }

  private static func json(_ facets: Facets) -> String {
    var writer = JSONWriter()
    writer.object { object in
      object.member("total", facets.total)
      for (name, counts) in [
        ("tags", facets.tags), ("models", facets.models), ("sizes", facets.sizes),
      ] {
        object.key(name)
        object.array { array in
          for count in counts {
            array.object {
              $0.member("value", count.value)
              $0.member("count", count.count)
            }
          }
        }
      }
    }
    writer.newline()
    return writer.text
  }
}
