import FoundationEssentials
internal import GRDB

extension Library {
  /// The generations in the order of `ids`; ids that are not there are left out.
  public func generations(_ ids: [GenerationID]) throws -> [Generation] {
    try read { try GenerationLoader.load(ids, in: $0) }
  }

  /// One generation, or nil.
  public func generation(_ id: GenerationID) throws -> Generation? {
    try generations([id]).first
  }

  /// What happened to a generation, oldest first.
  public func timeline(of id: GenerationID) throws -> [Event] {
    try read { try EventTable.events(of: id, in: $0) }
  }

  /// Ids of the generations that were reproduced from this one, oldest first.
  public func children(of id: GenerationID) throws -> [GenerationID] {
    try read { database in
      try Int64.fetchAll(
        database, sql: "SELECT id FROM generation WHERE parent_id = ? ORDER BY id",
        arguments: [id.rawValue]
      ).map { GenerationID($0) }
    }
  }

  /// The newest generation but `offset` that is not in the trash: 0 is the last one.
  public func newest(offset: Int) throws -> GenerationID? {
    try read { database in
      try Int64.fetchOne(
        database,
        sql: "SELECT id FROM generation WHERE trashed_at IS NULL ORDER BY id DESC LIMIT 1 OFFSET ?",
        arguments: [offset]
      ).map { GenerationID($0) }
    }
  }

  /// Ids of the generations whose uid begins with these hexadecimal digits, at most `limit`.
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

  /// Images whose digest begins with these hexadecimal digits, at most `limit`, oldest first.
  public func images(
    digestPrefix digits: String, limit: Int = 10
  ) throws -> [(generation: GenerationID, position: Int)] {
    guard let range = PrefixRange(digits: digits, length: 32) else { return [] }
    return try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT generation_id, position FROM image WHERE sha256 BETWEEN ? AND ?
          ORDER BY sha256, generation_id, position LIMIT ?
          """,
        arguments: [range.first, range.last, limit]
      ).map { (GenerationID($0["generation_id"]), $0["position"]) }
    }
  }

  /// What the catalog says of the image file with this digest; nil where it knows none.
  public func catalogued(_ digest: Digest) throws -> CataloguedImage? {
    try read { database in
      try Row.fetchOne(
        database.cachedStatement(sql: "SELECT * FROM image WHERE sha256 = ? LIMIT 1"),
        arguments: [digest.bytes.data]
      ).flatMap(ImageTable.image)
    }
  }

  /// The exact bytes that were or will be sent, or nil where none ever were meant to be.
  public func requestBody(of id: GenerationID) throws -> [UInt8]? {
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

  /// Nil where a character is no digit, or where there are too many.
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
