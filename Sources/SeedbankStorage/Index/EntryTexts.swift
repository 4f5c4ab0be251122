internal import GRDB
import SeedbankQuery

/// Tells which prompts and notes contain the words of tags.
///
/// To change the tags of few generations, their texts are read. For many, the index says which texts contain a word.
struct EntryTexts {
  private let database: Database
  private let readsLists: Bool
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

  /// - Parameter readsLists: whether to read the lists of words instead of texts.
  init(in database: Database, readsLists: Bool) {
    self.database = database
    self.readsLists = readsLists
  }

  /// Returns whether the lists of the words are read faster than the texts of so many generations.
  ///
  /// The lists have the generations of the whole library. For 100,000 of 1,000,000 generations, reading them takes less
  /// time than reading the texts.
  static func readsLists(forGenerations count: Int, in database: Database) throws -> Bool {
    guard count >= Database.manyGenerations else { return false }
    return Int64(count) > (try database.integer("SELECT max(id) FROM generation") ?? 0) / 20
  }

  /// Finds the words of all tags in the index, if lists are read.
  mutating func find(_ tags: EntryTags) throws {
    let unknown = tags.all.indices.filter { withWordOf[$0] == nil }
    guard readsLists, canFind, !unknown.isEmpty else { return }
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
