import FoundationEssentials
internal import GRDB
public import SeedbankModel

extension Library {
  /// Returns the generations in the order of `ids`; ids that do not exist are left out.
  public func generations(_ ids: [GenerationID]) throws -> [Generation] {
    try read { try GenerationLoader.load(ids, in: $0) }
  }

  /// Returns one generation; nil if it does not exist.
  public func generation(_ id: GenerationID) throws -> Generation? {
    try generations([id]).first
  }

  /// Returns the numbers of those of these generations that exist.
  package func numbers(of uids: some Sequence<UID>) throws -> [UID: GenerationID] {
    try read { database in
      var finder = try GenerationFinder(database)
      var numbers: [UID: GenerationID] = [:]
      for uid in uids {
        if let id = try finder.id(of: uid) { numbers[uid] = GenerationID(id) }
      }
      return numbers
    }
  }

  /// Returns the timeline of a generation, oldest event first.
  public func timeline(of id: GenerationID) throws -> [Event] {
    try read { try EventTable.events(of: id, in: $0) }
  }

  /// Returns the ids of the generations that reproduce this one, oldest first.
  public func children(of id: GenerationID) throws -> [GenerationID] {
    try read { database in
      try Int64.fetchAll(
        database, sql: "SELECT id FROM generation WHERE parent_id = ? ORDER BY id",
        arguments: [id.rawValue]
      ).map { GenerationID($0) }
    }
  }

  /// The number of each verdict on requests for a model that were repeated at the provider of their
  /// original.
  ///
  /// Only reproductions are read, by their index, and the originals by their ids.
  package func verdictCounts(model: String?, provider: String?) throws -> [String: Int] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT verdict, count(*) FROM generation
          WHERE parent_id IS NOT NULL AND verdict IS NOT NULL AND trashed_at IS NULL
            AND model IS :model AND provider IS :provider
            AND EXISTS (
              SELECT 1 FROM generation AS original
              WHERE original.id = generation.parent_id AND original.gateway IS NOT NULL
                AND coalesce(original.provider, :standard)
                  = coalesce(generation.provider, :standard))
          GROUP BY verdict
          """,
        arguments: [
          "model": model, "provider": provider, "standard": WorkItem.standardProvider,
        ])
      return rows.reduce(into: [:]) { $0[$1[0], default: 0] += $1[1] as Int }
    }
  }

  /// The newest generation but `offset` that is not in the trash: 0 is the last one.
  package func newest(offset: Int) throws -> GenerationID? {
    try read { database in
      try Int64.fetchOne(
        database,
        sql: "SELECT id FROM generation WHERE trashed_at IS NULL ORDER BY id DESC LIMIT 1 OFFSET ?",
        arguments: [offset]
      ).map { GenerationID($0) }
    }
  }

  /// Returns at most `limit` ids of generations whose uid begins with these hexadecimal digits.
  public func ids(uidPrefix digits: String, limit: Int = 10) throws -> [GenerationID] {
    guard let range = PrefixRange(digits: digits, length: 16) else { return [] }
    return try read { database in
      try Int64.fetchAll(
        database,
        sql: "SELECT id FROM generation WHERE uid BETWEEN ? AND ? ORDER BY uid LIMIT ?",
        arguments: [range.first, range.last, limit]
      ).map { GenerationID($0) }
    }
  }

  /// A generation with those of its images that were looked for.
  struct Holder {
    let generation: GenerationID
    fileprivate(set) var digests: Set<Digest> = []
    fileprivate(set) var positions: [Int] = []
  }

  /// The generations with images whose digest begins with these hexadecimal digits, the oldest first
  /// and those in the trash last; of many digests some are left out.
  func holders(digestPrefix digits: String) throws -> [Holder] {
    guard let range = PrefixRange(digits: digits, length: 32) else { return [] }
    return try read { database in
      let rows = try Row.fetchCursor(
        database,
        sql: """
          WITH found(sha256) AS (
            SELECT DISTINCT sha256 FROM image WHERE sha256 BETWEEN ? AND ? LIMIT 20)
          SELECT i.generation_id, i.position, i.sha256
          FROM found CROSS JOIN image AS i ON i.sha256 = found.sha256
          CROSS JOIN generation AS g ON g.id = i.generation_id
          ORDER BY g.trashed_at IS NOT NULL, g.created_at, g.id, i.position
          """,
        arguments: [range.first, range.last])
      var holders: [Holder] = []
      while let row = try rows.next() {
        let id = GenerationID(row[0])
        if holders.last?.generation != id { holders.append(Holder(generation: id)) }
        if let digest = Digest(bytes: row[2] as Data) {
          holders[holders.count - 1].digests.insert(digest)
        }
        holders[holders.count - 1].positions.append(row[1])
      }
      return holders
    }
  }

  /// Returns the ids of the generations outside the trash with the image file of this digest,
  /// oldest first.
  public func ids(holding digest: Digest) throws -> [GenerationID] {
    try read { database in
      try Int64.fetchAll(
        database.cachedStatement(
          sql: """
            SELECT DISTINCT g.id FROM image AS i CROSS JOIN generation AS g ON g.id = i.generation_id
            WHERE i.sha256 = ? AND g.trashed_at IS NULL ORDER BY g.id
            """), arguments: [digest.bytes.data]
      ).map { GenerationID($0) }
    }
  }

  /// Returns the catalog's entry for the image file with this digest; nil if it has none.
  public func catalogued(_ digest: Digest) throws -> CataloguedImage? {
    try read { database -> CataloguedImage? in
      var rows = try RawRows(
        "SELECT \(ImageTable.columns("image.")) FROM image WHERE sha256 = ? LIMIT 1",
        .blob(digest.bytes), in: database)
      return try rows.next() ? ImageTable.image(rows, from: 0) : nil
    }
  }

  /// Returns the catalog's entry for the image file with this digest; nil if it has none.
  ///
  /// The file may be only a reference image of requests.
  public func cataloguedFile(_ digest: Digest) throws -> CataloguedImage? {
    if let image = try catalogued(digest) { return image }
    let reference = try read { database -> ReferenceImage? in
      var rows = try RawRows(
        """
        SELECT \(ReferenceTable.columns("reference_image.")) FROM reference_image
        WHERE sha256 = ? LIMIT 1
        """, .blob(digest.bytes), in: database)
      return try rows.next() ? ReferenceTable.reference(rows, from: 0) : nil
    }
    return reference.map {
      CataloguedImage(
        position: $0.position, digest: $0.digest, format: $0.format, width: $0.width,
        height: $0.height, bytes: $0.bytes, perceptualHash: nil, missingSince: $0.missingSince,
        isOnRemote: $0.place == .remote)
    }
  }

  /// Returns the exact bytes of the request; nil if there is none.
  package func requestBody(of id: GenerationID) throws -> [UInt8]? {
    try read { database in
      try Data.fetchOne(
        database, sql: "SELECT request_body FROM generation WHERE id = ?",
        arguments: [id.rawValue]
      ).map(Array.init)
    }
  }
}

/// The first and last blob of a length that begin with some hexadecimal digits.
struct PrefixRange {
  let first: Data
  let last: Data

  /// Nil if a character is not a digit or there are too many.
  init?(digits: String, length: Int) {
    let digits = digits.filter { $0 != "-" }
    guard digits.count <= length * 2,
      let first = Hex.bytes(digits.padding("0", to: length * 2)),
      let last = Hex.bytes(digits.padding("f", to: length * 2))
    else { return nil }
    self.first = first.data
    self.last = last.data
  }
}

extension String {
  fileprivate func padding(_ digit: String, to count: Int) -> String {
    self + String(repeating: digit, count: max(0, count - self.count))
  }
}
