internal import GRDB
import SeedbankModel
import SeedbankQuery

/// Some items of a change that is undone or redone.
struct HistoryPage {
  private let items: [ChangeItem]
  private let direction: History.Direction
  private let time: Int64
  private let database: Database
  /// The ratings, flags and tags that were set, for the index.
  private var ratings: [Int64: Int?] = [:]
  private var favorites: [Int64: Bool] = [:]
  private var tags: [Int64: [(tag: TagName, isAdded: Bool)]] = [:]

  init(
    _ items: [ChangeItem], _ direction: History.Direction, at time: Int64, in database: Database
  ) {
    self.items = items
    self.direction = direction
    self.time = time
    self.database = database
  }

  /// Sets the fields back; those that were edited otherwise since are kept.
  mutating func apply(to turn: inout HistoryStep) throws {
    let ids = Set(items.compactMap(\.id)).sorted()
    let fields = Set(items.lazy.filter { !$0.isOfLibrary }.map(\.field)).map { EditField($0) }
    if fields.allSatisfy({ $0 == .rating || $0 == .favorite }) {
      try SearchIndex.editingMarks(ids, in: database) {
        try applyItems(to: &turn)
      } change: { id, values in
        setMarks(of: id, in: &values)
      }
    } else if fields.allSatisfy({ $0?.isMarkOrTag ?? true }) {
      try SearchIndex.editing(ids, in: database) {
        try applyItems(to: &turn)
      } change: { id, values in
        var values = values
        setMarks(of: id, in: &values)
        for (tag, isAdded) in tags[id] ?? [] {
          if isAdded { values.add(tag) } else { values.remove(tag) }
        }
        return values
      }
    } else {
      try SearchIndex.editing(ids, in: database) { try applyItems(to: &turn) }
    }
  }

  private func setMarks(of id: Int64, in values: inout IndexedValues) {
    if let rating = ratings[id] { values.rating = rating }
    if let flag = favorites[id] { values.isFavorite = flag }
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
    var done: Set<String> = []
    for (name, items) in Dictionary(grouping: present, by: \.field).sorted(by: { $0.key < $1.key })
    {
      // An edit may set a field twice, and then the order counts.
      let isEachOnce = Set(items.compactMap(\.id)).count == items.count
      if isEachOnce, let field = EditField(name),
        let batch = try FieldBatch(field, in: database)
      {
        try apply(items, field, batch, &turn)
        done.insert(name)
      }
    }
    for item in present where !done.contains(item.field) {
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
    case .tag(let tag): tags[id, default: []].append((tag, value != nil))
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
