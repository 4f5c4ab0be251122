internal import GRDB
import SeedbankModel
import SeedbankQuery

/// The tags of the entries that an edit changes, with their tokens.
struct EntryTags {
  struct Tag {
    let name: String
    /// The bytes of the name, which determine the order of the tags in an entry.
    let order: [UInt8]
    let tokens: TagTokens
    /// The words, one by one.
    let words: [[UInt8]]

    init(_ name: String) {
      self.name = name
      order = Array(name.utf8)
      tokens = TagTokens(name)
      words = tokens.words.split(separator: UInt8(ascii: " ")).map { Array($0) }
    }
  }

  private(set) var all: [Tag] = []
  private var byName: [ExactText: Int] = [:]
  private var byID: [Int64: Int?] = [:]

  /// Returns the place of a tag in `all`, which need not exist in the library.
  mutating func place(of tag: TagName) -> Int { place(of: tag.description) }

  /// Returns the place of a tag in `all`; nil if the tag does not exist.
  mutating func place(of id: Int64, in database: Database) throws -> Int? {
    if let known = byID[id] { return known }
    let place = try TagTable.existingName(of: id, in: database).map { self.place(of: $0) }
    byID.updateValue(place, forKey: id)
    return place
  }

  /// Forgets which ids the tags have, because a deleted tag's id can be used again.
  mutating func forgetIDs() { byID = [:] }

  private mutating func place(of name: String) -> Int {
    let key = ExactText(name)
    if let known = byName[key] { return known }
    all.append(Tag(name))
    byName[key] = all.count - 1
    return all.count - 1
  }
}

/// The values of a generation that edits of many generations change in its entry.
struct EntryMarks {
  var rating: Int?
  var isFavorite: Bool
  /// The places of the tags in `EntryTags`.
  private(set) var tags: [Int] = []

  init(rating: Int? = nil, isFavorite: Bool = false) {
    self.rating = rating
    self.isFavorite = isFavorite
  }

  mutating func setTags(_ places: ArraySlice<Int>) {
    tags.removeAll(keepingCapacity: true)
    tags.append(contentsOf: places)
  }

  /// Adds a tag, unless the generation has it.
  ///
  /// - Parameter place: of the tag in `EntryTags`.
  mutating func add(_ place: Int) {
    if !tags.contains(place) { tags.append(place) }
  }

  /// Removes a tag, if the generation has it.
  ///
  /// - Parameter place: of the tag in `EntryTags`.
  mutating func remove(_ place: Int) { tags.removeAll { $0 == place } }
}
