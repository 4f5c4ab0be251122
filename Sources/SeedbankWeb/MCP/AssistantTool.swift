import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// A tool for assistants.
enum AssistantTool: String, CaseIterable {
  case search, show, facets, edit, undo

  var isEdit: Bool { self == .edit || self == .undo }

  private var description: String {
    switch self {
    case .search:
      "Search generations (images with their prompts and parameters) with Seedbank's query language, "
        + "such as `lighthouse tag:coast rating:>=4 -model:flux*`. Returns records, the newest first."
    case .show: "Show one generation with its timeline, parents and children."
    case .facets:
      "Count the tags, models, sizes, ratings and months of the generations that match a query."
    case .edit:
      "Edit matching generations as one entry of the history, which `undo` reverts. Use dry_run first "
        + "to count them."
    case .undo:
      "Undo the most recent edit of the library. With the `change` that `edit` returned, no other edit "
        + "is undone."
    }
  }

  /// JSON Schema of the arguments.
  private var schema: String {
    switch self {
    case .search:
      """
      {"type":"object","properties":{"query":{"type":"string"},"sort":{"type":"string","description":\
      "newest, oldest, created, relevance, rating, seed, size or random:NUMBER"},\
      "limit":{"type":"integer","minimum":1,"maximum":100,"default":20},\
      "after":{"type":"integer","description":"The last id of the page before."}},\
      "required":["query"],"additionalProperties":false}
      """
    case .show:
      """
      {"type":"object","properties":{"id":{"type":"integer"}},"required":["id"],\
      "additionalProperties":false}
      """
    case .facets:
      """
      {"type":"object","properties":{"query":{"type":"string"}},"required":["query"],\
      "additionalProperties":false}
      """
    case .edit:
      """
      {"type":"object","properties":{"query":{"type":"string"},"ids":{"type":"array","items":\
      {"type":"integer"}},"except":{"type":"array","items":{"type":"integer"}},\
      "all":{"type":"boolean"},"dry_run":{"type":"boolean"},"edit":{"type":"object","description":\
      "One member: tags {add, remove}, rating 0 to 5 or null, favorite, note (text, null, or \
      {from, to}; from must be the present note), collection {add or remove}, trash",\
      "minProperties":1,"maxProperties":1}},"required":["edit"],"additionalProperties":false}
      """
    case .undo:
      """
      {"type":"object","properties":{"change":{"type":"integer"}},"additionalProperties":false}
      """
    }
  }

  static func writeList(withEdits: Bool, to writer: inout JSONWriter) {
    writer.object { object in
      object.key("tools")
      object.array { array in
        for tool in allCases where withEdits || !tool.isEdit {
          array.object { member in
            member.member("name", tool.rawValue)
            member.member("description", tool.description)
            member.member("inputSchema", raw: tool.schema)
            member.key("annotations")
            member.object {
              $0.member("readOnlyHint", !tool.isEdit)
              $0.member("destructiveHint", false)
              $0.member("openWorldHint", false)
            }
          }
        }
      }
    }
  }

  /// Executes the call and returns JSON.
  func run(_ line: [UInt8], _ api: LibraryAPI, editor: String) throws -> String {
    func arguments<Value: Decodable>(_ type: Value.Type) throws -> Value {
      let call = try JSONObjectReader.decode(RPCParameters<ToolArguments<Value>>.self, from: line)
      // Read as an object without members, so that an error names the argument that the tool needs.
      return try call.params.arguments ?? JSONObjectReader.decode(type, from: Array("{}".utf8))
    }
    var writer = JSONWriter()
    switch self {
    case .search:
      let search = try arguments(SearchArguments.self)
      try api.page(
        search.query, sort: search.sort, limit: search.limit, after: search.after, nil, to: &writer)
    case .show: try api.record(GenerationID(try arguments(ShowArguments.self).id), to: &writer)
    case .facets: try api.facets(try arguments(QueryArguments.self).query, limit: 20, to: &writer)
    case .edit: try api.edit(try arguments(SelectionRequest.self), by: editor, to: &writer)
    case .undo: try api.undo(try arguments(HistoryRequest.self), to: &writer)
    }
    return writer.text
  }
}

private struct QueryArguments: Decodable {
  let query: String

  private enum Key: String, CodingKey, CaseIterable { case query }

  init(from decoder: any Decoder) throws {
    try decoder.allowOnly(Key.allCases.map(\.rawValue))
    let members = try decoder.container(keyedBy: Key.self)
    query = try members.value(.query, "text") ?? ""
  }
}

private struct ShowArguments: Decodable {
  let id: Int64

  private enum Key: String, CodingKey, CaseIterable { case id }

  init(from decoder: any Decoder) throws {
    try decoder.allowOnly(Key.allCases.map(\.rawValue))
    let members = try decoder.container(keyedBy: Key.self)
    guard let id: Int64 = try members.value(.id, Self.accepted) else {
      throw APIError.badValue("id", Self.accepted)
    }
    self.id = id
  }

  private static let accepted = "the id of a generation"
}

private struct SearchArguments: Decodable {
  let query: String
  let sort: String?
  let limit: Int
  let after: Int?

  private enum Key: String, CodingKey, CaseIterable { case query, sort, limit, after }

  init(from decoder: any Decoder) throws {
    try decoder.allowOnly(Key.allCases.map(\.rawValue))
    let members = try decoder.container(keyedBy: Key.self)
    query = try members.value(.query, "text") ?? ""
    sort = try members.value(.sort, "text")
    limit = try members.value(.limit, "a whole number from 1 to 100") ?? 20
    after = try members.value(.after, "an id")
    guard (1...100).contains(limit) else {
      throw APIError.badValue("limit", "a whole number from 1 to 100")
    }
    guard after ?? 0 >= 0 else { throw APIError.badValue("after", "an id") }
  }
}
