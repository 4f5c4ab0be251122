import SeedbankModel

/// The lines of a dump other than generations.
enum DumpLine: Hashable {
  /// The first line, with the version of the format.
  case header(version: Int)
  /// A tag, a collection or a saved search; without a value, it was removed at that time.
  case field(LibraryField)
  /// An entry of the history, which its items follow.
  case change(DumpedChange)
  case item(DumpedItem)

  /// Since 2, unfinished generations have their owner; since 3, requests have their provider.
  static let version = 3
}

/// What belongs to no one generation, with the time of its last edit.
struct LibraryField: Hashable {
  let field: EditField
  /// JSON.
  let value: String?
  let editedAt: Timestamp?
}

struct DumpedChange: Hashable {
  let number: Int64
  let at: Timestamp
  let actor: String
  let action: String
  let undoneAt: Timestamp?
}

struct DumpedItem: Hashable {
  let change: Int64
  let target: UID?
  let field: String
  let before: String?
  let after: String?
}

extension DumpLine {
  func write(to writer: inout JSONWriter) {
    writer.object { object in
      switch self {
      case .header(let version): object.member("dump_version", version)
      case .field(let field):
        object.member("library_field", field.field.description)
        object.member("value", raw: field.value)
        if let time = field.editedAt { object.member("edited_at", time.description) }
      case .change(let change):
        object.member("change", change.number)
        object.member("at", change.at.description)
        object.member("actor", change.actor)
        object.member("action", change.action)
        if let time = change.undoneAt { object.member("undone_at", time.description) }
      case .item(let item):
        object.member("item_of", item.change)
        if let target = item.target { object.member("target", target.description) }
        object.member("field", item.field)
        if let before = item.before { object.member("before", raw: before) }
        if let after = item.after { object.member("after", raw: after) }
      }
    }
  }
}

private enum LineKey: String, CaseIterable {
  case dumpVersion = "dump_version"
  case libraryField = "library_field"
  case value
  case editedAt = "edited_at"
  case change, at, actor, action
  case undoneAt = "undone_at"
  case itemOf = "item_of"
  case target, field, before, after

  static let table = KeyTable<LineKey>()
}

extension DumpLine {
  /// Reads a line from a JSON object; nil if it is none of these.
  init?(_ reader: inout JSONReader) throws(RecordError) {
    var numbers: [LineKey: Int64] = [:]
    var texts: [LineKey: String] = [:]
    var times: [LineKey: Timestamp] = [:]
    var field: EditField?
    var target: UID?
    var keys = KeyFinder(LineKey.table)
    try reader.object { reader, bytes throws(RecordError) in
      guard let key = keys.find(bytes) else { return try reader.skipValue() }
      if reader.takeNull() { return }
      switch key {
      case .dumpVersion, .change, .itemOf:
        numbers[key] = try reader.integer(key, in: 1...Int64.max)
      case .libraryField:
        field = try reader.parsed(key, "tag/NAME, collection/NAME or search/NAME") {
          EditField($0)
        }
      case .editedAt: times[key] = try reader.stamp(key)
      case .at, .undoneAt: times[key] = try reader.time(key)
      case .actor, .action, .field: texts[key] = try reader.text(key)
      case .target: target = try reader.parsed(key, "a uid") { UID($0) }
      case .value, .before, .after: texts[key] = try reader.rawValue()
      }
    }
    if let version = numbers[.dumpVersion] {
      self = .header(version: Int(version))
    } else if let field {
      try Self.check(texts[.value], of: field)
      self = .field(
        LibraryField(field: field, value: texts[.value], editedAt: times[.editedAt]))
    } else if let number = numbers[.change], let at = times[.at] {
      self = .change(
        DumpedChange(
          number: number, at: at, actor: texts[.actor] ?? "", action: texts[.action] ?? "",
          undoneAt: times[.undoneAt]))
    } else if let change = numbers[.itemOf], let field = texts[.field] {
      self = .item(
        DumpedItem(
          change: change, target: target, field: field, before: texts[.before],
          after: texts[.after]))
    } else {
      return nil
    }
  }

  /// A value that cannot be read is an error: it must not count as no value, which is a removal.
  private static func check(_ value: String?, of field: EditField) throws(RecordError) {
    let allowed: String
    switch field {
    case .tag: allowed = "true or null"
    case .collection: allowed = "the time of its creation in milliseconds, or null"
    case .search:
      allowed = #"an object with a text "query" and a "created_at" in milliseconds, or null"#
    case .rating, .note, .favorite, .trashed, .revived, .metadata, .rawMetadata, .erased: return
    }
    guard field.isValueOfLibrary(value) else {
      throw .badValue(field: LineKey.value.rawValue, allowed: allowed)
    }
  }
}
