internal import GRDB
import SeedbankModel

/// Finds or adds prompt texts.
///
/// The last is remembered: a series shares one.
struct PromptWriter {
  private var find: BoundStatement
  private var isText: BoundStatement
  private var insert: BoundStatement
  private var last: (text: String, id: Int64)?
  /// All prompts, while the table has no index.
  private var known: KnownPrompts?
  /// Whether `known` cannot have another prompt, so that the index must be made.
  private(set) var isFull = false

  /// - Parameter withIndex: whether the index by hash is there.
  init(_ database: Database, withIndex: Bool) throws {
    find = try BoundStatement("SELECT id FROM prompt WHERE hash = ? AND text = ?", in: database)
    isText = try BoundStatement("SELECT 1 FROM prompt WHERE id = ? AND text = ?", in: database)
    insert = try BoundStatement("INSERT INTO prompt(hash, text) VALUES (?, ?)", in: database)
    guard !withIndex else { return }
    known = KnownPrompts()
    let rows = try Row.fetchCursor(database, sql: "SELECT hash, id FROM prompt")
    while let row = try rows.next() { remember(row[1], hash: row[0]) }
  }

  /// - Parameter hash: of the text.
  mutating func id(of text: String, hash: Int64) throws -> Int64 {
    if let last, last.text.isIdentical(to: text) { return last.id }
    let id = try id(of: text, hash) ?? add(text, hash)
    last = (text, id)
    return id
  }

  /// Uses the index from now on, which must exist again.
  mutating func useIndex() {
    known = nil
    isFull = false
  }

  private mutating func remember(_ id: Int64, hash: Int64) {
    guard known != nil else { return }
    let isAdded = known?.add(id, hash: hash) ?? false
    isFull = isFull || !isAdded || known?.isFull ?? false
  }

  private mutating func id(of text: String, _ hash: Int64) throws -> Int64? {
    if let known {
      return try known.first(hash: hash) { id in
        isText.bind(id)
        isText.bind(text)
        return try isText.integer() != nil
      }
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
    remember(id, hash: hash)
    return id
  }
}
