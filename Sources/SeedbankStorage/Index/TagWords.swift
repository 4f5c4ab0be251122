internal import GRDB

/// The generations whose prompt or note contains a word of a tag, as the index lists them.
struct TagWords {
  private let readsLists: Bool
  /// By the place of the tag in `EntryTags`.
  private var generations: [Int: IDSet] = [:]
  private var byteCount = 0
  private var canFind = true

  private let mostBytes: Int

  /// - Parameters:
  ///   - readsLists: whether to read the lists of words instead of texts.
  ///   - mostBytes: the memory from which on no more lists are read.
  init(readsLists: Bool, mostBytes: Int = 1 << 25) {
    self.readsLists = readsLists
    self.mostBytes = mostBytes
  }

  /// Reads lists if that is faster than to read the texts of so many generations.
  ///
  /// The lists have the generations of the whole library. For 100,000 of 1,000,000 generations, reading them takes less
  /// time than reading the texts.
  init(forGenerations count: Int, in database: Database) throws {
    let newest = try database.integer("SELECT max(id) FROM generation") ?? 0
    self.init(readsLists: count >= Database.manyGenerations && Int64(count) > newest / 20)
  }

  /// Returns whether the prompt or the note of a generation contains a word of a tag; nil if its texts must be read.
  func contain(_ tag: Int, of id: Int64) -> Bool? { generations[tag]?.contains(id) }

  /// Finds the words of all tags in the index, if lists are read and there is memory for them.
  mutating func find(_ tags: EntryTags, in database: Database) throws {
    let unknown = tags.all.indices.filter { generations[$0] == nil }
    guard readsLists, canFind, byteCount < mostBytes, !unknown.isEmpty,
      let all = try OrderedMatches.range(in: database), all.upperBound < IDSet.largestID
    else { return }
    // FTS5 keeps new entries in memory, and writes them before a savepoint.
    try database.execute(sql: "SAVEPOINT tag_words; RELEASE tag_words")
    do {
      let segments = try IndexSegment.all(in: database)
      for place in unknown where byteCount < mostBytes {
        let ids = try Self.generations(within: all, with: tags.all[place], segments, database)
        generations[place] = ids
        byteCount += ids.byteCount
      }
    } catch is IndexFormatError {
      canFind = false
    }
  }

  private static func generations(
    within all: ClosedRange<Int64>, with tag: EntryTags.Tag, _ segments: [IndexSegment],
    _ database: Database
  ) throws -> IDSet {
    var ids = IDSet()
    for word in tag.words {
      try TermEntries.forEachText(of: all, with: word, in: segments, of: database) {
        ids.insert($0)
      }
    }
    return ids
  }

  /// Forgets the lists, because prompts or notes were changed.
  mutating func forget() {
    generations = [:]
    byteCount = 0
  }
}
