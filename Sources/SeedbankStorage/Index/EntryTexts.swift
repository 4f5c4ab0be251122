internal import GRDB
import SeedbankQuery

/// Tells which prompts and notes contain the words of tags.
///
/// To change the tags of few generations, their texts are read. For many, the index says which texts contain a word.
struct EntryTexts {
  private let database: Database
  /// By default, the lists of all tags in a library of 1,000,000 generations are read as fast as so many texts.
  private let many: Int
  /// The generations whose prompt or note contains a word of a tag, by the place of the tag in `EntryTags`.
  private var withWordOf: [Int: IDSet] = [:]
  private var canFind = true
  /// The last generation, and its texts.
  private var last = Texts()

  /// The folded texts of a generation.
  struct Texts {
    fileprivate var id: Int64?
    fileprivate var promptID: Int64?
    fileprivate var prompt: [UInt8] = []
    fileprivate var note: [UInt8] = []

    var columns: (prompt: ArraySlice<UInt8>, note: ArraySlice<UInt8>) { (prompt[...], note[...]) }
  }

  /// - Parameter many: the number of generations from which on the index is read.
  init(in database: Database, many: Int = 16_384) {
    self.database = database
    self.many = many
  }

  /// Finds the words of all tags in the index, if many generations are edited.
  mutating func find(_ tags: EntryTags, forGenerations count: Int) throws {
    let unknown = tags.all.indices.filter { withWordOf[$0] == nil }
    guard canFind, count >= many, !unknown.isEmpty else { return }
    // FTS5 keeps new entries in memory, and writes them before a savepoint.
    try database.execute(sql: "SAVEPOINT entry_texts; RELEASE entry_texts")
    do {
      let segments = try IndexSegment.all(in: database)
      for place in unknown {
        var ids = IDSet()
        for word in tags.all[place].words {
          try TermEntries.forEachText(with: word, in: segments, of: database) { ids.insert($0) }
        }
        withWordOf[place] = ids
      }
    } catch is IndexFormatError {
      canFind = false
    }
  }

  /// Returns whether the prompt or the note of a generation contains a word of a tag.
  ///
  /// - Parameter tag: the place of the tag in `tags`.
  mutating func contain(wordOf tag: Int, _ tags: EntryTags, of id: Int64) throws -> Bool {
    if let ids = withWordOf[tag] { return ids.contains(id) }
    let texts = try read(id)
    return [texts.prompt, texts.note].contains { text in
      text.withUnsafeBytes { text in
        tags.all[tag].words.contains { word in
          word.withUnsafeBytes { IndexedText.contains(text, $0) }
        }
      }
    }
  }

  /// Reads the texts of a generation.
  mutating func read(_ id: Int64) throws -> Texts {
    if last.id == id { return last }
    var rows = try RawRows(
      """
      SELECT p.id, p.text, g.note FROM generation AS g CROSS JOIN prompt AS p ON p.id = g.prompt_id
      WHERE g.id = ?
      """, .integer(id), in: database)
    guard try rows.next() else { return Texts() }
    last.id = id
    // Generations that follow each other often have the same prompt.
    if last.promptID != rows.integer(0) {
      last.promptID = rows.integer(0)
      last.prompt = IndexedText.folded(utf8: rows.bytes(1))
    }
    last.note = rows.isNull(2) ? [] : IndexedText.folded(utf8: rows.bytes(2))
    return last
  }
}
