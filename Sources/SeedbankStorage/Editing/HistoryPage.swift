internal import GRDB
import SeedbankModel
import SeedbankQuery

/// Some items of a change that is undone or redone.
struct HistoryPage {
  private let items: [ChangeItem]
  private let direction: History.Direction
  private let time: Int64
  private let database: Database
  /// The fields of generations; nil for one that this version does not know.
  private let fields: [EditField?]
  /// The ratings, flags and tags that were set, for the index.
  private var ratings: [Int64: Int?] = [:]
  private var favorites: [Int64: Bool] = [:]
  private var tags: [Int64: [(number: Int, isAdded: Bool)]] = [:]
  /// The tags of the items, which `tags` names by their numbers.
  private let tagNames: [TagName]
  private let tagNumbers: [ExactText: Int]

  init(
    _ items: [ChangeItem], _ direction: History.Direction, at time: Int64, in database: Database
  ) {
    self.items = items
    self.direction = direction
    self.time = time
    self.database = database
    fields = Set(items.lazy.filter { !$0.isOfLibrary }.map { ExactText($0.field) }).map {
      EditField($0.text)
    }
    var (names, numbers): ([TagName], [ExactText: Int]) = ([], [:])
    for case .tag(let name)? in fields {
      numbers[ExactText(name.description)] = names.count
      names.append(name)
    }
    (tagNames, tagNumbers) = (names, numbers)
  }

  /// Sets the fields back; those that were edited otherwise since are kept.
  mutating func apply(to turn: inout HistoryStep) throws {
    let ids = Set(items.compactMap(\.id)).sorted()
    if fields.allSatisfy({ $0?.isMarkOrTag ?? true }) {
      try SearchIndex.editingMarks(ids, tags: tagNames, in: database) {
        try applyItems(to: &turn)
      } change: { id, marks in
        if let rating = ratings[id] { marks.rating = rating }
        if let flag = favorites[id] { marks.isFavorite = flag }
        for (number, isAdded) in tags[id] ?? [] {
          if isAdded { marks.add(number) } else { marks.remove(number) }
        }
      }
    } else {
      try SearchIndex.editing(ids, in: database) { try applyItems(to: &turn) }
    }
  }

  /// Items of the library keep their place between the others: a tag or a collection exists as long as
  /// something is filed under it.
  private mutating func applyItems(to turn: inout HistoryStep) throws {
    var start = items.startIndex
    for index in items.indices where items[index].isOfLibrary {
      try applyGenerations(items[start..<index], &turn)
      try applyToLibrary(items[index], &turn)
      start = index + 1
    }
    try applyGenerations(items[start...], &turn)
  }

  private func applyToLibrary(_ item: ChangeItem, _ turn: inout HistoryStep) throws {
    guard let field = EditField(item.field) else { return }
    let (expected, wanted) = item.values(direction)
    let current = try LibraryFields.value(field, in: database)
    guard current == expected else { return turn.keep(nil, field, current == wanted) }
    try LibraryFields.set(field, to: wanted, at: time, in: database)
    try EditStamps.stamp(field, at: time, in: database)
  }

  /// Fields with few statements for many generations are set first: no other field depends on them.
  ///
  /// The others keep their order, because the metadata of an image and its raw form depend on each other.
  private mutating func applyGenerations(
    _ items: ArraySlice<ChangeItem>, _ turn: inout HistoryStep
  ) throws {
    let present = items.filter { $0.id != nil }
    turn.gone += items.count - present.count
    var done: Set<ExactText> = []
    let groups = Dictionary(grouping: present) { ExactText($0.field) }
    for (name, items) in groups.sorted(by: { $0.key.text < $1.key.text }) {
      // An edit may set a field twice, and then the order counts.
      let isEachOnce = Set(items.compactMap(\.id)).count == items.count
      if isEachOnce, let field = EditField(name.text),
        let batch = try FieldBatch(field, in: database)
      {
        try apply(items, field, batch, &turn)
        done.insert(name)
      }
    }
    for item in present where !done.contains(ExactText(item.field)) {
      if let field = EditField(item.field) { try apply(item, field, &turn) }
    }
  }

  private mutating func apply(
    _ items: [ChangeItem], _ field: EditField, _ batch: FieldBatch, _ turn: inout HistoryStep
  ) throws {
    let current = try batch.values(of: items.compactMap(\.id))
    var ids: [String?: [Int64]] = [:]
    for item in items {
      guard let id = item.id else { continue }
      let (expected, wanted) = item.values(direction)
      if current[id] == expected {
        ids[wanted, default: []].append(id)
      } else {
        turn.keep(GenerationID(id), field, current[id] == wanted)
      }
    }
    for (wanted, ids) in ids {
      try batch.set(.same(wanted), of: ids, at: time)
      try EditStamps.stamp(field, of: ids, at: time, in: database)
      turn.fields += ids.count
      for id in ids { note(field, wanted, id) }
    }
  }

  private mutating func apply(
    _ item: ChangeItem, _ field: EditField, _ turn: inout HistoryStep
  ) throws {
    guard let id = item.id else { return }
    let (expected, wanted) = item.values(direction)
    let current = try GenerationFields.value(field, of: id, in: database)
    guard current == expected else {
      return turn.keep(GenerationID(id), field, current == wanted)
    }
    try GenerationFields.set(field, of: id, to: wanted, at: time, in: database)
    try EditStamps.stamp(field, of: id, at: time, in: database)
    turn.fields += 1
    note(field, wanted, id)
  }

  private mutating func note(_ field: EditField, _ value: String?, _ id: Int64) {
    switch field {
    case .rating: ratings.updateValue(value.flatMap { Int($0) }, forKey: id)
    case .favorite: favorites[id] = value == FieldValue.yes
    case .tag(let tag):
      if let number = tagNumbers[ExactText(tag.description)] {
        tags[id, default: []].append((number, value != nil))
      }
    default: break
    }
  }
}

extension EditField {
  fileprivate var isMarkOrTag: Bool {
    switch self {
    case .rating, .favorite, .tag: true
    default: false
    }
  }
}
