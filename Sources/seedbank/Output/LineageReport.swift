import SeedbankStorage

/// The tree of a generation's ancestors and descendants, as text.
///
/// An only child is in the column of its parent, so that only forks need more columns. A vertical line
/// connects them.
struct LineageReport {
  let lineage: Lineage
  let style: Style
  /// The columns of the terminal; nil does not wrap.
  let width: Int?

  var text: String {
    let tree = TreeLines(lineage).rows.flatMap(lines(of:))
    let rest = lineage.isWhole ? [] : [style.warning("Only the nearest generations are shown.")]
    return (tree + rest).map { $0 + "\n" }.joined()
  }

  private func lines(of row: TreeLines.Row) -> [String] {
    let lead = shortened(row.lead)
    let trail = shortened(row.trail)
    let indent = DisplayWidth.of(lead) + 2
    var lines: [String] = []
    for (number, line) in packed(facts(row.member), columns: width.map { $0 - indent }).enumerated()
    {
      let mark = row.member.id == lineage.subject ? style.lit("◉") : "●"
      lines.append(number == 0 ? "\(style.faint(lead))\(mark) \(line)" : below(trail) + line)
    }
    for detail in details(row) {
      let columns = width.map { $0 - DisplayWidth.of(trail) - 3 }
      lines += (columns.map { TextWrap.lines(detail, columns: $0) } ?? [detail])
        .map { below(trail) + $0 }
    }
    if row.unseenChildren > 0 {
      let isOne = row.unseenChildren == 1
      let words = "and \(row.unseenChildren) other \(isOne ? "child" : "children")"
      lines.append(below(trail) + style.faint(words))
    }
    return lines
  }

  private func below(_ trail: String) -> String { style.faint(trail) + "   " }

  /// In a narrow terminal, the start of the lines of a deep tree is left out.
  private func shortened(_ lines: String) -> String {
    guard let width, lines.count > max(width / 3, 4) else { return lines }
    return "…" + lines.suffix(max(width / 3, 4) - 1)
  }

  /// The text on the line of a generation, with its style.
  private func facts(_ member: Lineage.Member) -> [(text: String, painted: String)] {
    var facts = [
      (member.id.description, style.bold(member.id.description)),
      (Clock.local(member.createdAt), Clock.local(member.createdAt)),
    ]
    func add(_ text: String, _ painted: String) { facts.append((text, painted)) }
    if member.status != .complete {
      add(member.status.rawValue, paintStatus(member.status, member.status.rawValue, style))
    }
    if let verdict = member.verdict.map({ SafeText.line($0.kind) }) { add(verdict, verdict) }
    if let rating = member.rating {
      let stars = String(repeating: "★", count: rating)
      add(stars, style.warning(stars))
    }
    if member.isInTrash { add("in the trash", style.bad("in the trash")) }
    if member.id == lineage.subject { add("← this one", style.lit("← this one")) }
    return facts
  }

  private func packed(_ facts: [(text: String, painted: String)], columns: Int?) -> [String] {
    var lines: [String] = []
    var taken = 0
    for fact in facts {
      let wanted = DisplayWidth.of(fact.text)
      if let last = lines.last, columns.map({ taken + 2 + wanted <= $0 }) ?? true {
        lines[lines.count - 1] = last + "  " + fact.painted
        taken += 2 + wanted
      } else {
        lines.append(fact.painted)
        taken = wanted
      }
    }
    return lines
  }

  private func details(_ row: TreeLines.Row) -> [String] {
    let member = row.member
    var details: [String] = []
    if member.parent == nil || member.depth == 0 { details.append(SafeText.line(member.prompt)) }
    if let changes = member.changes, member.parent != nil {
      let words = changes.map { SafeText.line("\($0.field) → \($0.text)") }
      details.append(words.isEmpty ? "the same request again" : words.joined(separator: ", "))
    }
    return details
  }
}
