import FoundationEssentials
internal import GRDB
public import SeedbankModel

/// The work that a library may continue, and the work that it holds.
public struct OwnershipReport: Hashable, Sendable {
  /// The generations that one other library owns.
  public struct Held: Hashable, Sendable {
    /// Nil if the records do not say which library owns them.
    public let owner: LibraryID?
    /// The generations by their stored status; `unknown` and `lost` ones are not retried here
    /// either.
    public internal(set) var byStatus: [Status: [GenerationID]] = [:]

    /// The number of them that are unfinished.
    public var unfinished: Int {
      byStatus.filter(\.key.isUnfinished).values.map(\.count).reduce(0, +)
    }
  }

  /// The library that owns the work; nil if it is not known.
  public let library: LibraryID?
  /// False in a copied folder, in a backup, and if the files that show it do not exist.
  public let isInOwnFolder: Bool
  /// The number of unfinished generations that the library owns.
  public internal(set) var owned = 0
  /// The held generations, in the order of the owners' ids.
  public internal(set) var held: [Held] = []
}

/// The result of an adoption.
public struct AdoptionReport: Hashable, Sendable {
  /// The number of generations that the library did not own before, by status.
  public internal(set) var byStatus: [Status: Int] = [:]
}

extension Library {
  /// Returns the owners of the unfinished work in this library, including the trash.
  ///
  /// - Throws: `LibraryError`.
  public func ownership() throws -> OwnershipReport {
    try read { database in
      var report = OwnershipReport(
        library: try Ownership.libraryID(in: database),
        isInOwnFolder: try Ownership.isInOwnFolder(database))
      var held: [LibraryID?: OwnershipReport.Held] = [:]
      let rows = try Row.fetchCursor(
        database,
        sql: """
          SELECT id, status, owner, \(Ownership.isOwn()) AS own FROM generation
          WHERE \(Ownership.isOpen) ORDER BY id
          """)
      while let row = try rows.next() {
        guard let status = Status(rawValue: row["status"]) else { continue }
        if row["own"] {
          if status.isUnfinished { report.owned += 1 }
        } else {
          let owner = (row["owner"] as Data?).map { LibraryID(bytes: Array($0)) }
          held[owner, default: .init(owner: owner)].byStatus[status, default: []]
            .append(GenerationID(row["id"]))
        }
      }
      report.held = held.values.sorted {
        ($0.owner?.description ?? "") < ($1.owner?.description ?? "")
      }
      return report
    }
  }

  /// How many generations outside the trash are held for other libraries, with the first of them.
  ///
  /// - Throws: `LibraryError`.
  package func heldWork() throws -> (count: Int, first: GenerationID)? {
    try read { database in
      let row = try Row.fetchOne(
        database.cachedStatement(
          sql: """
            SELECT count(*), min(id) FROM generation
            WHERE status <> 'complete' AND trashed_at IS NULL AND \(Ownership.isHeld())
            """))
      guard let row, let first = row[1] as Int64? else { return nil }
      return (row[0], GenerationID(first))
    }
  }

  /// Makes this library the owner of all work in it, at the request of a person.
  ///
  /// If the former owner still exists, it may send the same requests. The timelines record the
  /// adoption. It is not an edit, so `undo` does not revert it.
  ///
  /// - Throws: `LibraryError`.
  public func adopt(at time: Timestamp) throws -> AdoptionReport {
    try write { database in
      let library = try Ownership.settle(folder, in: database)
      var report = AdoptionReport()
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT id, status, owner, owned_at FROM generation
          WHERE \(Ownership.isOpen) AND owner IS NOT ?
          """, arguments: [library.bytes.data])
      for row in rows {
        let id = GenerationID(row["id"])
        // The newest adoption wins a merge, also if a clock was set back.
        let earlier = (row["owned_at"] as Int64?) ?? .min
        try database.cachedStatement(
          sql: "UPDATE generation SET owner = ?, owned_at = ? WHERE id = ?"
        ).execute(arguments: [
          library.bytes.data, max(time.milliseconds, earlier < .max ? earlier + 1 : earlier),
          id.rawValue,
        ])
        let owner = (row["owner"] as Data?).map { "library \(LibraryID(bytes: Array($0)))" }
        try EventTable.add(
          "adopted", to: id, at: time, detail: "from \(owner ?? "an unknown library")",
          in: database)
        if let status = Status(rawValue: row["status"]) { report.byStatus[status, default: 0] += 1 }
      }
      return report
    }
  }
}
