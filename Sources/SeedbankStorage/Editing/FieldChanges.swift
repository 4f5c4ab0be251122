/// What an assignment to a field of many generations changes.
struct FieldChanges {
  /// The same change in several generations.
  struct Item {
    let before: String?
    let after: String?
    var targets = ChangeTargets()
  }

  /// The generations in the order of the edit.
  private(set) var ids: [Int64] = []
  private(set) var items: [Item] = []
  private var places: [Values: Int] = [:]

  private struct Values: Hashable {
    let before: String?
    let after: String?
  }

  /// Adds a generation if `value` changes its field.
  mutating func add(
    _ id: Int64, uid: UnsafeRawBufferPointer, before: String?, _ value: FieldAssignment
  ) throws {
    guard value.changes(before) else { return }
    let after = value.value(at: ids.count)
    ids.append(id)
    try items[place(before, after)].targets.append(uid)
  }

  private mutating func place(_ before: String?, _ after: String?) -> Int {
    // Comparing the values of a few items takes less time than a search in a table.
    let few = items.prefix(6)
    if let known = few.firstIndex(where: { $0.before == before && $0.after == after }) {
      return known
    }
    let values = Values(before: before, after: after)
    if let known = places[values] { return known }
    items.append(Item(before: before, after: after))
    places[values] = items.count - 1
    return items.count - 1
  }
}
