import SeedbankStorage

/// The lines of a tree, row by row.
struct TreeLines {
  struct Row {
    let member: Lineage.Member
    /// The text before its mark.
    let lead: String
    /// The text before the lines below it.
    let trail: String
    /// The number of children that are not shown.
    let unseenChildren: Int
  }

  let rows: [Row]

  init(_ lineage: Lineage) {
    let children = Dictionary(grouping: lineage.members.dropFirst()) { $0.parent }
    var rows: [Row] = []
    // The traversal uses a list, because a long chain would overflow the stack.
    var waiting = lineage.members.first.map { [(member: $0, lead: "", trunk: "")] } ?? []
    while let (member, lead, trunk) = waiting.popLast() {
      let below = children[member.id] ?? []
      rows.append(
        Row(
          member: member, lead: lead, trail: trunk + (below.isEmpty ? " " : "│"),
          unseenChildren: member.childCount - below.count))
      for (number, child) in below.enumerated().reversed() {
        let isLast = number == below.count - 1
        if below.count == 1 {
          waiting.append((child, trunk, trunk))
        } else {
          waiting.append((child, trunk + (isLast ? "└─" : "├─"), trunk + (isLast ? "  " : "│ ")))
        }
      }
    }
    self.rows = rows
  }
}
