import FoundationEssentials
import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// The body of `PATCH /api/selection`.
struct SelectionRequest: Sendable, Equatable {
  enum Target: Sendable, Equatable {
    case query(String)
    case ids([GenerationID])
  }

  let target: Target
  let except: Set<GenerationID>
  let isRehearsal: Bool
  let edit: Edit

  /// - Throws: `APIError.badJSON`, `.notAnObject`, `.badValue` or `.selectsEverything`.
  init(json: [UInt8]) throws {
    self = try JSONObjectReader.decode(SelectionRequest.self, from: json)
  }
}

extension SelectionRequest: Decodable {
  private enum Key: String, CodingKey, CaseIterable {
    case query, ids, except, all, edit
    case dryRun = "dry_run"
  }

  init(from decoder: any Decoder) throws {
    try decoder.allowOnly(Key.allCases.map(\.rawValue))
    let members = try decoder.container(keyedBy: Key.self)
    let query: String? = try members.value(.query, "text")
    let ids: [Int64]? = try members.value(.ids, "a list of ids")
    let except: [Int64] = try members.value(.except, "a list of ids") ?? []
    let isAll: Bool = try members.value(.all, "true or false") ?? false
    isRehearsal = try members.value(.dryRun, "true or false") ?? false
    guard let member: EditMember = try members.value(.edit, "one edit") else {
      throw APIError.badValue("edit", "one edit")
    }
    edit = member.edit
    self.except = Set(except.map { GenerationID($0) })
    if let ids {
      guard query == nil else { throw APIError.badValue("ids", "a value only without query") }
      target = .ids(ids.map { GenerationID($0) })
    } else {
      let text = query ?? ""
      guard isAll || text.contains(where: { !$0.isWhitespace }) else {
        throw APIError.selectsEverything
      }
      target = .query(text)
    }
  }
}

/// The member `edit`: an object with one member, which names the field.
private struct EditMember: Decodable {
  let edit: Edit

  private enum Key: String, CodingKey, CaseIterable {
    case tags, rating, favorite, note, collection, trash
  }

  private enum PartKey: String, CodingKey { case add, remove }
  private enum NoteKey: String, CodingKey { case from, to }

  init(from decoder: any Decoder) throws {
    try decoder.allowOnly(Key.allCases.map(\.rawValue))
    let members = try decoder.container(keyedBy: Key.self)
    guard members.allKeys.count == 1, let key = members.allKeys.first else {
      throw APIError.badValue("edit", "one edit")
    }
    switch key {
    case .tags:
      let lists = try Self.parts(members, key)
      let added: [String] = try lists.value(.add, "a list of tags") ?? []
      let removed: [String] = try lists.value(.remove, "a list of tags") ?? []
      guard !added.isEmpty || !removed.isEmpty else {
        throw APIError.badValue("tags", "at least one tag")
      }
      edit = .tag(add: try added.map(Self.tag), remove: try removed.map(Self.tag))
    case .rating:
      let stars: Int? = try members.value(.rating, "a whole number from 0 to 5, or null")
      guard (0...5).contains(stars ?? 0) else {
        throw APIError.badValue("rating", "a whole number from 0 to 5, or null")
      }
      edit = .rate(stars == 0 ? nil : stars)
    case .favorite: edit = .favorite(try Self.required(members, key, "true or false"))
    case .note: edit = try Self.note(members)
    case .trash:
      let isTrash: Bool = try Self.required(members, key, "true or false")
      edit = isTrash ? .trash : .restore
    case .collection:
      let names = try Self.parts(members, key)
      let added: String? = try names.value(.add, "a name")
      let removed: String? = try names.value(.remove, "a name")
      switch (added, removed) {
      case (let name?, nil): edit = .collect(name)
      case (nil, let name?): edit = .uncollect(name)
      default: throw APIError.badValue("collection", "either add or remove, with a name")
      }
    }
  }

  /// Reads the new note, or an object with the note that is expected and the new one.
  private static func note(_ members: KeyedDecodingContainer<Key>) throws -> Edit {
    let accepted = "text, null, or an object with from and to"
    let decoder = try members.superDecoder(forKey: .note)
    guard let notes = try? decoder.container(keyedBy: NoteKey.self) else {
      return .note(try members.value(.note, accepted))
    }
    try decoder.allowOnly(["from", "to"])
    guard notes.contains(.from), notes.contains(.to) else {
      throw APIError.badValue("note", accepted)
    }
    return .changeNote(
      from: try notes.value(.from, "text or null"), to: try notes.value(.to, "text or null"))
  }

  private static func tag(_ text: String) throws -> TagName {
    guard let tag = TagName(text) else {
      throw APIError.badValue("tags", "tags of 1 to \(TagName.longest) bytes without semicolons")
    }
    return tag
  }

  private static func parts(
    _ members: KeyedDecodingContainer<Key>, _ key: Key
  ) throws -> KeyedDecodingContainer<PartKey> {
    do {
      let decoder = try members.superDecoder(forKey: key)
      try decoder.allowOnly(["add", "remove"])
      return try decoder.container(keyedBy: PartKey.self)
    } catch is DecodingError {
      throw APIError.badValue(key.rawValue, "an object with add or remove")
    }
  }

  private static func required<Value: Decodable>(
    _ members: KeyedDecodingContainer<Key>, _ key: Key, _ takes: String
  ) throws -> Value {
    guard let value: Value = try members.value(key, takes) else {
      throw APIError.badValue(key.rawValue, takes)
    }
    return value
  }
}
