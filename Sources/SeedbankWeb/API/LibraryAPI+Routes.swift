import SeedbankModel
import SeedbankQuery
import SeedbankStorage

extension LibraryAPI {
  /// Answers a reading call.
  ///
  /// - Parameter abilities: called only for an answer that contains them, because they cost several reads.
  func answer(
    _ route: Route, _ query: RequestQuery, _ colors: PlaceholderColors,
    _ abilities: () -> ServerAbilities
  ) throws -> Response {
    let text = query["q"] ?? ""
    var writer = JSONWriter()
    switch route {
    case .generations:
      let limit = try query.number("limit", in: 1...Self.largestPage) ?? 50
      let after = try query.number("after", in: 0...Int.max)
      if let list = query["ids"] {
        // What is not used is read all the same, so that a wrong value is never accepted.
        _ = try request(text, sort: query["sort"])
        try records(try Self.ids(list), colors, to: &writer)
      } else {
        try page(text, sort: query["sort"], limit: limit, after: after, colors, to: &writer)
      }
    case .generation(let id): try record(id, to: &writer)
    case .ids:
      var ids = PackedIDs()
      _ = try library.forEachID(of: request(text, sort: query["sort"])) { id in
        ids.append(id)
        return true
      }
      return Response(
        status: 200,
        fields: [("Content-Type", "application/octet-stream"), ("Cache-Control", "no-store")],
        body: .bytes(ids.bytes))
    case .facets: try facets(text, limit: try query.number("limit", in: 1...200) ?? 20, to: &writer)
    case .dates: try dates(text, sort: query["sort"], to: &writer)
    case .complete:
      let text = query["text"] ?? ""
      let cursor = try query.number("cursor", in: 0...Int.max) ?? text.utf16.count
      try completion(text, cursor: cursor, to: &writer)
    case .compare:
      try comparison(Self.digest("a", query), Self.digest("b", query), to: &writer)
    case .library: try overview(abilities(), to: &writer)
    default: throw APIError.notFound
    }
    return Response(
      status: 200,
      fields: [("Content-Type", "application/json; charset=utf-8"), ("Cache-Control", "no-store")],
      body: .bytes(writer.bytes))
  }

  /// Executes a changing call.
  func change(_ route: Route, _ body: [UInt8], by actor: String) throws -> Response {
    var writer = JSONWriter()
    switch route {
    case .selection:
      try edit(SelectionRequest(json: body), by: actor, to: &writer)
    case .undo, .redo:
      let request = try JSONObjectReader.decode(HistoryRequest.self, from: body)
      if route == .undo {
        try undo(request, to: &writer)
      } else {
        try redo(request, to: &writer)
      }
    default: throw APIError.notFound
    }
    return Response(
      status: 200,
      fields: [("Content-Type", "application/json; charset=utf-8"), ("Cache-Control", "no-store")],
      body: .bytes(writer.bytes))
  }

  private static func ids(_ list: String) throws(APIError) -> [GenerationID] {
    let parts = list.split(separator: ",", omittingEmptySubsequences: false)
    let ids = parts.compactMap { part in
      (1...18).contains(part.utf8.count) && part.utf8.allSatisfy(HTTPByte.isDigit)
        ? Int64(part) : nil
    }
    guard ids.count == parts.count, ids.count <= largestPage else {
      throw .badParameter("ids", "up to \(largestPage) ids with commas between them")
    }
    return ids.map { GenerationID($0) }
  }

  private static func digest(_ name: String, _ query: RequestQuery) throws(APIError) -> Digest {
    guard let text = query[name] else { throw .badParameter(name, "the digest of an image") }
    return try Route.digest(text)
  }
}
