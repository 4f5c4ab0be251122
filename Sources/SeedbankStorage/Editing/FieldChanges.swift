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
  ) {
    guard value.changes(before) else { return }
    let after = value.value(at: ids.count)
    ids.append(id)
    let values = Values(before: before, after: after)
    let index = places[values] ?? items.count
    if index == items.count {
      places[values] = index
      items.append(Item(before: before, after: after))
    }
    items[index].targets.append(uid)
  }
}
