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
  /// The ratings, flags and tags that were set, for the index, in their order.
  private var assigned: [MarkAssignment] = []
  /// The places of the tags of the items in the entries of the index.
  private var tagPlaces: [ExactText: Int] = [:]

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
  }

  /// Sets the fields back; those that were edited otherwise since, or cannot have the value, are kept.
  ///
  /// A generation that stays in the trash is not edited: an edit would count as a decision against its permanent
  /// deletion in another library.
  mutating func apply(to step: inout HistoryStep, _ marks: inout MarkEditor) throws {
    let ids = Self.set(of: items).ids
    if fields.allSatisfy({ $0?.isMarkOrTag ?? true }) {
      for case .tag(let name)? in fields {
        tagPlaces[ExactText(name.description)] = marks.place(of: name)
      }
      try marks.editing(ids, changesTags: !tagPlaces.isEmpty) {
        try applyItems(to: &step)
      } change: { id, marks in
        for change in assigned where change.ids.contains(id) { change.mark.apply(to: &marks) }
      }
    } else {
      try SearchIndex.editing(ids, in: database) { try applyItems(to: &step) }
      marks.forgetTexts()
    }
  }

  /// Items of the library keep their place between the others: a tag or a collection exists as long as
  /// something is filed under it.
  private mutating func applyItems(to step: inout HistoryStep) throws {
    var start = items.startIndex
    for index in items.indices where items[index].isOfLibrary {
      try applyGenerations(items[start..<index], &step)
      try applyToLibrary(items[index], &step)
      start = index + 1
    }
    try applyGenerations(items[start...], &step)
  }

  private func applyToLibrary(_ item: ChangeItem, _ step: inout HistoryStep) throws {
    guard let field = EditField(item.field) else { return }
    let (expected, wanted) = item.values(direction)
    let current = try LibraryFields.value(field, in: database)
    guard current == expected, field.isValueOfLibrary(wanted) else {
      return step.keep(nil, field, current == wanted)
    }
    try LibraryFields.set(field, to: wanted, in: database)
    try EditStamps.stamp(field, at: time, in: database)
  }

  /// Fields with few statements for many generations are set first: no other field depends on them.
  ///
  /// The others keep their order, because the metadata of an image and its raw form depend on each other.
  private mutating func applyGenerations(
    _ slice: ArraySlice<ChangeItem>, _ step: inout HistoryStep
  ) throws {
    let items = Array(slice)
    step.gone += items.reduce(0) { $0 + $1.gone }
    var done: Set<ExactText> = []
    let groups = Dictionary(grouping: items) { ExactText($0.field) }
    for (name, items) in groups.sorted(by: { $0.key.text < $1.key.text }) {
      // An edit may set a field twice, and then the order counts.
      let isEachOnce = Self.set(of: items).count == items.reduce(0) { $0 + $1.ids.count }
      if isEachOnce, let field = EditField(name.text),
        let batch = try FieldBatch(field, in: database)
      {
        try apply(items, field, batch, &step)
        done.insert(name)
      }
    }
    for item in items where !done.contains(ExactText(item.field)) {
      guard let field = EditField(item.field) else { continue }
      for id in item.ids { try apply(item, field, to: id, &step) }
    }
  }

  private static func set(of items: [ChangeItem]) -> IDSet {
    IDSet(items.lazy.flatMap(\.ids))
  }

  private mutating func apply(
    _ items: [ChangeItem], _ field: EditField, _ batch: FieldBatch, _ step: inout HistoryStep
  ) throws {
    let current = try batch.values(of: items.flatMap(\.ids))
    var ids: [String?: [Int64]] = [:]
    for item in items {
      let (expected, wanted) = item.values(direction)
      let isPossible = field.isValueOfGeneration(wanted)
      var unchanged: [Int64] = []
      for id in item.ids {
        if field.isSameState(current[id], wanted), current[id] == expected { continue }
        if isPossible, current[id] == expected {
          unchanged.append(id)
        } else {
          step.keep(GenerationID(id), field, current[id] == wanted)
        }
      }
      ids[wanted, default: []] += unchanged
    }
    for (wanted, ids) in ids where !ids.isEmpty {
      try batch.set(.same(wanted), of: ids, at: time)
      try EditStamps.stamp(field, of: ids, at: time, in: database)
      step.fields += ids.count
      note(field, wanted, ids)
    }
  }

  private mutating func apply(
    _ item: ChangeItem, _ field: EditField, to id: Int64, _ step: inout HistoryStep
  ) throws {
    let (expected, wanted) = item.values(direction)
    let current = try GenerationFields.value(field, of: id, in: database)
    guard current == expected, field.isValueOfGeneration(wanted) else {
      return step.keep(GenerationID(id), field, current == wanted)
    }
    guard !field.isSameState(current, wanted) else { return }
    try GenerationFields.set(field, of: id, to: wanted, at: time, in: database)
    try EditStamps.stamp(field, of: id, at: time, in: database)
    step.fields += 1
    note(field, wanted, [id])
  }

  private mutating func note(_ field: EditField, _ value: String?, _ ids: [Int64]) {
    let mark = MarkChange(field, value) { tagPlaces[ExactText($0.description)] }
    if let mark { assigned.append(MarkAssignment(mark: mark, ids: IDSet(ids))) }
  }
}

/// A rating, a flag or a tag that several generations got.
private struct MarkAssignment {
  let mark: MarkChange
  let ids: IDSet
}

extension EditField {
  fileprivate var isMarkOrTag: Bool {
    switch self {
    case .rating, .favorite, .tag: true
    default: false
    }
  }
}
