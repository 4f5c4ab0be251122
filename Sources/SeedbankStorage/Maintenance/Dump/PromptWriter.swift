internal import GRDB

/// Finds or adds prompt texts.
///
/// The last is remembered: a series shares one.
struct PromptWriter {
  private var find: BoundStatement
  private var isText: BoundStatement
  private var insert: BoundStatement
  private var last: (text: String, id: Int64)?
  /// While the table has no index: the texts by hash, all of them but those that share a hash.
  private var known: [Int64: Int64]?

  /// - Parameter withIndex: whether the index by hash is there.
  init(_ database: Database, withIndex: Bool) throws {
    find = try BoundStatement("SELECT id FROM prompt WHERE hash = ? AND text = ?", in: database)
    isText = try BoundStatement("SELECT 1 FROM prompt WHERE id = ? AND text = ?", in: database)
    insert = try BoundStatement("INSERT INTO prompt(hash, text) VALUES (?, ?)", in: database)
    guard !withIndex else { return }
    var known: [Int64: Int64] = [:]
    let rows = try Row.fetchCursor(database, sql: "SELECT hash, id FROM prompt")
    while let row = try rows.next() { known[row[0]] = row[1] }
    self.known = known
  }

  /// - Parameter hash: of the text.
  mutating func id(of text: String, hash: Int64) throws -> Int64 {
    if let last, last.text.utf8.elementsEqual(text.utf8) { return last.id }
    let id = try id(of: text, hash) ?? add(text, hash)
    last = (text, id)
    return id
  }

  /// Whether more texts are remembered than memory should hold.
  var isFull: Bool { (known?.count ?? 0) > 2_000_000 }

  /// Uses the index from now on, which must exist again.
  mutating func useIndex() { known = nil }

  private mutating func id(of text: String, _ hash: Int64) throws -> Int64? {
    if let known {
      guard let id = known[hash] else { return nil }
      isText.bind(id)
      isText.bind(text)
      if try isText.integer() != nil { return id }
    }
    find.bind(hash)
    find.bind(text)
    return try find.integer()
  }

  private mutating func add(_ text: String, _ hash: Int64) throws -> Int64 {
    insert.bind(hash)
    insert.bind(text)
    try insert.run()
    let id = insert.lastInsertedRowID
    known?.updateValue(id, forKey: hash)
    return id
  }
}
