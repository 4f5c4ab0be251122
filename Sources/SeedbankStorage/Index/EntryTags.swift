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
  /// The places in `all` of the tags that the edit adds or removes.
  let edited: [Int]
  private var byName: [ExactText: Int] = [:]
  private var byID: [Int64: Int?] = [:]

  init(_ edited: [TagName]) {
    var places: [Int] = []
    var (all, byName): ([Tag], [ExactText: Int]) = ([], [:])
    for tag in edited { places.append(Self.place(of: tag.description, in: &all, &byName)) }
    self.edited = places
    (self.all, self.byName) = (all, byName)
  }

  /// Returns the place of a tag in `all`; nil if the tag does not exist.
  mutating func place(of id: Int64, in database: Database) throws -> Int? {
    if let known = byID[id] { return known }
    let name = try TagTable.existingName(of: id, in: database)
    let place = name.map { Self.place(of: $0, in: &all, &byName) }
    byID.updateValue(place, forKey: id)
    return place
  }

  private static func place(
    of name: String, in all: inout [Tag], _ byName: inout [ExactText: Int]
  ) -> Int {
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
  private(set) var tags: [Int]
  private let edited: [Int]

  init(rating: Int?, isFavorite: Bool, tags: [Int], edited: [Int]) {
    self.rating = rating
    self.isFavorite = isFavorite
    self.tags = tags
    self.edited = edited
  }

  mutating func setTags(_ places: ArraySlice<Int>) {
    tags.removeAll(keepingCapacity: true)
    tags.append(contentsOf: places)
  }

  /// Adds one of the tags that the edit changes, unless the generation has it.
  ///
  /// - Parameter number: counts from 0.
  mutating func add(_ number: Int) {
    if !tags.contains(edited[number]) { tags.append(edited[number]) }
  }

  /// Removes one of the tags that the edit changes, if the generation has it.
  ///
  /// - Parameter number: counts from 0.
  mutating func remove(_ number: Int) { tags.removeAll { $0 == edited[number] } }
}
