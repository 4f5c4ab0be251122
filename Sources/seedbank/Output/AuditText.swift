import SeedbankImaging
import SeedbankModel
import SeedbankSync

/// The result of an audit, as text and as JSON.
enum AuditText {
  static func table(_ report: AuditReport, _ session: Session) -> String {
    var table = TextTable([
      .init(title: "model"), .init(title: "month"), .init(title: "identical", alignment: .right),
      .init(title: "near", alignment: .right), .init(title: "different", alignment: .right),
      .init(title: "no verdict", alignment: .right), .init(title: "in detail", importance: 1),
    ])
    table.rows = report.rows.map { row in
      let outcomes = row.outcomes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      return [
        SafeText.line(row.group.model ?? "(default)"), row.group.month,
        "\(row.tally.identical)", "\(row.tally.near)", "\(row.tally.different)",
        "\(row.tally.withoutVerdict)",
        outcomes.map { "\($0.value) \($0.key)" }.joined(separator: ", "),
      ]
    }
    return table.rendered(width: session.terminal.width, style: session.style)
      + sentence(report.total) + "\n"
  }

  /// A sentence about the counts.
  private static func sentence(_ total: AuditReport.Tally) -> String {
    let judged = total.identical + total.near + total.different
    guard judged > 0 else { return "No images could be compared." }
    let alike = total.identical + total.near
    let rest = total.withoutVerdict > 0 ? " \(total.withoutVerdict) could not be compared." : ""
    return
      "\(alike) of \(Count.text(judged, "reproduction")) with the same seed "
      + "\(alike == 1 || judged == 1 ? "is" : "are") identical or nearly identical." + rest
  }

  /// One object per row; in an array unless `asLines`.
  static func json(_ report: AuditReport, asLines: Bool) -> String {
    var writer = JSONWriter()
    if asLines {
      for row in report.rows {
        write(row, to: &writer)
        writer.newline()
      }
    } else {
      writer.array { array in
        for row in report.rows { write(row, to: &array) }
      }
      writer.newline()
    }
    return writer.text
  }

  private static func write(_ row: AuditReport.Row, to writer: inout JSONWriter) {
    writer.object { object in
      object.member("model", row.group.model)
      object.member("month", row.group.month)
      object.member("identical", row.tally.identical)
      object.member("near", row.tally.near)
      object.member("different", row.tally.different)
      object.member("without_verdict", row.tally.withoutVerdict)
      object.key("outcomes")
      object.object { outcomes in
        for (name, count) in row.outcomes.sorted(by: { $0.key < $1.key }) {
          outcomes.member(name, count)
        }
      }
    }
  }
}
