internal import GRDB
import SeedbankModel

/// Performs a `CatalogEdit` within one transaction.
struct CatalogEditor {
  private var writer: ChangeWriter
  private var report = EditReport()
  /// The generations in the report, because a tag and its subtags can be on the same generation.
  private var reported: Set<Int64> = []

  init(_ writer: ChangeWriter) { self.writer = writer }

  mutating func run(_ edit: CatalogEdit) throws -> EditReport {
    switch edit {
    case .renameTag(let tag, let name): try rename(tag, to: name)
    case .deleteTag(let tag):
      guard try LibraryFields.value(.tag(tag), in: writer.database) != nil else {
        throw EditError.noSuchTag(tag)
      }
      try move(.tag(tag), to: nil)
    case .deleteCollection(let name):
      try requireCollection(name)
      try move(.collection(name), to: nil)
    case .renameCollection(let name, let new): try renameCollection(name, to: new)
    case .saveSearch(let name, let query):
      let search = SearchValue(query: query.withoutNUL, createdAt: writer.time)
      try QueryResolution(database: writer.database).check(search.query, savedAs: name)
      try writer.set(.search(name), to: search.json)
    case .deleteSearch(let name):
      guard try LibraryFields.value(.search(name), in: writer.database) != nil else {
        throw EditError.noSuchSearch(name)
      }
      try writer.set(.search(name), to: nil)
    }
    report.change = writer.id
    try writer.finish(edit.action(on: report.changed))
    return report
  }

  private mutating func rename(_ tag: TagName, to name: TagName) throws {
    guard name != tag else { return }
    let prefix = tag.description + "/"
    guard !name.description.unicodeScalars.starts(with: prefix.unicodeScalars) else {
      throw EditError.renamesIntoItself(tag)
    }
    // If the new name is a parent tag, the new name of a subtag can be that of a tag which has yet to
    // be renamed, and which is always shorter.
    let names = try String.fetchAll(
      writer.database,
      sql: """
        SELECT name FROM tag WHERE name = :tag OR substr(name, 1, :length) = :prefix
        ORDER BY length(name), name
        """,
      arguments: ["tag": tag.description, "prefix": prefix, "length": prefix.unicodeScalars.count])
    guard !names.isEmpty else { throw EditError.noSuchTag(tag) }
    for old in names {
      // SQLite counts scalars too, not characters, which can consist of several.
      let below = old.unicodeScalars.dropFirst(tag.description.unicodeScalars.count)
      let moved = name.description + String(below)
      guard let from = TagName(old), let to = TagName(moved) else {
        throw EditError.badName(moved)
      }
      try move(.tag(from), to: .tag(to))
    }
  }

  private mutating func renameCollection(_ name: String, to new: String) throws {
    try requireCollection(name)
    // Names that differ only in how accents are written are two names.
    guard !name.isIdentical(to: new) else { return }
    guard try CollectionTable.find(new, in: writer.database) == nil else {
      throw EditError.collectionExists(new)
    }
    try move(.collection(name), to: .collection(new))
  }

  private func requireCollection(_ name: String) throws {
    guard try CollectionTable.find(name, in: writer.database) != nil else {
      throw EditError.noSuchCollection(name)
    }
  }

  /// Files every generation under `new` instead of `old`, then removes `old` itself.
  private mutating func move(_ old: EditField, to new: EditField?) throws {
    let database = writer.database
    if let new, try LibraryFields.value(new, in: database) == nil {
      try writer.set(new, to: LibraryFields.value(old, in: database))
    }
    let ids = try old.members(in: database)
    try SearchIndex.editingMany(ids.count, in: database) {
      for chunk in ids.chunks(of: GenerationEditor.chunk) {
        try move(old, to: new, of: EditTarget.targets(chunk, in: database))
      }
    }
    try writer.set(old, to: nil)
  }

  private mutating func move(
    _ old: EditField, to new: EditField?, of targets: [EditTarget]
  ) throws {
    let database = writer.database
    try SearchIndex.editing(targets.map(\.id), in: database) {
      for target in targets {
        let value = try GenerationFields.value(old, of: target.id, in: database)
        _ = try writer.set(old, of: target, to: nil)
        if let new { _ = try writer.set(new, of: target, to: value) }
        guard reported.insert(target.id).inserted else { continue }
        report.changed += 1
        report.changedIDs.append(GenerationID(target.id))
      }
    }
  }
}

extension EditField {
  /// The generations that are filed under it, the trash included.
  fileprivate func members(in database: Database) throws -> [Int64] {
    switch self {
    case .tag(let name):
      try Int64.fetchAll(
        database,
        sql: """
          SELECT generation_id FROM generation_tag
          WHERE tag_id = (SELECT id FROM tag WHERE name = ?) ORDER BY generation_id
          """, arguments: [name.description])
    case .collection(let name):
      try CollectionTable.find(name, in: database).map {
        try CollectionTable.members(of: $0, in: database)
      } ?? []
    case .rating, .note, .favorite, .trashed, .revived, .metadata, .rawMetadata, .search, .erased:
      []
    }
  }
}

extension CatalogEdit {
  /// The words of the history.
  func action(on count: Int) -> String {
    let what = "\(count) generation\(count == 1 ? "" : "s")"
    return switch self {
    case .renameTag(let tag, let name): "rename tag \(tag) to \(name) on \(what)"
    case .deleteTag(let tag): "delete tag \(tag) from \(what)"
    case .deleteCollection(let name): "delete collection \(name) of \(what)"
    case .renameCollection(let name, let new): "rename collection \(name) to \(new)"
    case .saveSearch(let name, _): "save search \(name)"
    case .deleteSearch(let name): "delete search \(name)"
    }
  }
}
