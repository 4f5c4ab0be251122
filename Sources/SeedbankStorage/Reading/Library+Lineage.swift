import FoundationEssentials
internal import GRDB
public import SeedbankModel

extension Library {
  /// Returns a generation with its ancestors and descendants; nil if it does not exist.
  ///
  /// Siblings are not included, but `childCount` counts them.
  ///
  /// - Parameter limit: the maximum number of members; ancestors come before descendants, the
  ///   nearest first.
  public func lineage(of id: GenerationID, limit: Int = 1000) throws -> Lineage? {
    try read { database in
      // One row more than the limit shows whether there are more.
      let rows = try Row.fetchAll(
        database.cachedStatement(sql: lineageSQL),
        arguments: ["id": id.rawValue, "limit": max(limit, 1) + 1])
      let found = rows.compactMap(LineageRow.init)
      guard found.contains(where: { $0.id == id }) else { return nil }
      let kept = LineageRow.withoutRepetitions(found).prefix(max(limit, 1))
      return Lineage(
        subject: id, members: LineageRow.tree(Array(kept)), isWhole: found.count <= max(limit, 1))
    }
  }
}

/// A parent is always recorded before its child, so there are no cycles.
///
/// If a damaged catalog has one, the limits end the search.
private let lineageSQL = """
  WITH RECURSIVE
    ancestor(id, parent_id, distance) AS (
      SELECT id, parent_id, 0 FROM generation WHERE id = :id
      UNION ALL
      SELECT g.id, g.parent_id, distance - 1
      FROM ancestor AS a JOIN generation AS g ON g.id = a.parent_id
      LIMIT :limit
    ),
    descendant(id, distance) AS (
      SELECT :id, 0
      UNION ALL
      SELECT g.id, distance + 1
      FROM descendant AS d JOIN generation AS g ON g.parent_id = d.id
      ORDER BY 2, 1
      LIMIT :limit
    ),
    member(id, distance) AS (
      SELECT id, distance FROM ancestor
      UNION ALL SELECT id, distance FROM descendant WHERE distance > 0
    )
  SELECT g.id, g.uid, g.parent_id, \(Ownership.status("g.")) AS shown_status, g.created_at,
    g.rating, g.parent_change, g.verdict, g.verdict_detail, g.trashed_at IS NOT NULL AS is_in_trash, p.text AS prompt, m.distance,
    (SELECT count(*) FROM generation AS child WHERE child.parent_id = g.id) AS child_count
  FROM member AS m
  CROSS JOIN generation AS g ON g.id = m.id
  JOIN prompt AS p ON p.id = g.prompt_id
  ORDER BY m.distance > 0, abs(m.distance), g.id
  LIMIT :limit
  """

/// A member before its place in the tree is known.
private struct LineageRow {
  let id: GenerationID
  private let uid: UID
  private let parent: GenerationID?
  private let status: Status
  private let prompt: String
  private let createdAt: Timestamp
  private let rating: Int?
  private let change: String?
  private let verdict: RecordedVerdict?
  private let isInTrash: Bool
  private let childCount: Int

  init?(_ row: Row) {
    guard let uid = UID(bytes: row["uid"] as Data),
      let status = Status(rawValue: row["shown_status"])
    else { return nil }
    self.uid = uid
    self.status = status
    id = GenerationID(row["id"])
    parent = (row["parent_id"] as Int64?).map { GenerationID($0) }
    prompt = row["prompt"]
    createdAt = Timestamp(milliseconds: row["created_at"])
    rating = row["rating"]
    change = row["parent_change"]
    verdict = (row["verdict"] as String?).map {
      RecordedVerdict(kind: $0, detail: row["verdict_detail"] ?? "{}")
    }
    isInTrash = row["is_in_trash"]
    childCount = row["child_count"]
  }

  static func withoutRepetitions(_ rows: [LineageRow]) -> [LineageRow] {
    var seen: Set<GenerationID> = []
    return rows.filter { seen.insert($0.id).inserted }
  }

  /// The rows as a walk from the oldest ancestor down.
  static func tree(_ rows: [LineageRow]) -> [Lineage.Member] {
    let ids = Set(rows.map(\.id))
    let sorted = rows.sorted { $0.id < $1.id }
    var children: [GenerationID: [LineageRow]] = [:]
    for row in sorted {
      if let parent = row.parent { children[parent, default: []].append(row) }
    }
    // In a cycle all have a parent; then the lowest id begins.
    let first = sorted.first { row in row.parent.map { !ids.contains($0) } ?? true } ?? sorted.first
    var waiting = first.map { [(row: $0, depth: 0)] } ?? []
    var members: [Lineage.Member] = []
    while let (row, depth) = waiting.popLast() {
      members.append(row.member(depth: depth))
      let next = children.removeValue(forKey: row.id) ?? []
      for child in next.reversed() where child.id != first?.id {
        waiting.append((child, depth + 1))
      }
    }
    return members
  }

  private func member(depth: Int) -> Lineage.Member {
    Lineage.Member(
      id: id, uid: uid, parent: parent, depth: depth, status: status,
      prompt: prompt, createdAt: createdAt, rating: rating,
      changes: change.flatMap(LineageChange.read), verdict: verdict, isInTrash: isInTrash,
      childCount: childCount)
  }
}
