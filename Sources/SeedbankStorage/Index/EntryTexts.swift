internal import GRDB
import SeedbankQuery

/// Tells which prompts and notes contain the words of tags.
///
/// To change the tags of few generations, their texts are read. For many, the index says which texts contain a word.
struct EntryTexts {
  private let database: Database
  private let words: TagWords
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

  /// - Parameter words: what the index lists; the texts of other generations are read.
  init(in database: Database, _ words: TagWords) {
    self.database = database
    self.words = words
  }

  /// Returns whether the prompt or the note of a generation contains a word of a tag.
  ///
  /// - Parameter tag: the place of the tag in `tags`.
  mutating func contain(wordOf tag: Int, _ tags: EntryTags, of id: Int64) throws -> Bool {
    if let isListed = words.contain(tag, of: id) { return isListed }
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
