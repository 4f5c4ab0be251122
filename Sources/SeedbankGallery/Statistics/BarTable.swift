/// A table of names with bars in proportion to the largest value.
struct BarTable {
  /// The maximum number of bars.
  static let longest = 24

  let title: String
  /// The class for its colour.
  let kind: String
  let rows: [(name: String, count: Int)]

  init(_ title: String, kind: String, rows: [(name: String, count: Int)]) {
    self.title = title
    self.kind = kind
    self.rows = rows
  }

  /// A section; empty without values.
  var html: String {
    let largest = rows.map(\.count).max() ?? 0
    guard largest > 0 else { return "" }
    let shown = rows.prefix(Self.longest).map { row in
      // The minimum width, so that a small value is visible.
      let share = max(Double(row.count * 1000 / largest) / 10, row.count > 0 ? 0.5 : 0)
      let name = Markup.escaped(row.name)
      return """
        <tr><th scope="row" title="\(name)"><bdi>\(name)</bdi></th>\
        <td><svg aria-hidden="true"><rect width="\(share)%" height="100%" rx="2"/></svg></td>\
        <td class="number">\(Quantity.count(row.count))</td></tr>
        """
    }
    let left = rows.count - shown.count
    let rest = left > 0 ? "\n<p class=\"aside\">and \(Quantity.count(left)) more</p>" : ""
    return """
      <section class="\(kind)">
      <h2>\(Markup.escaped(title))</h2>
      <table>
      \(shown.joined(separator: "\n"))
      </table>\(rest)
      </section>
      """
  }
}
