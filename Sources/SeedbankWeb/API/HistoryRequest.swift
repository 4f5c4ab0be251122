/// The body of `POST /api/undo` and `POST /api/redo`.
struct HistoryRequest: Sendable, Equatable {
  /// The number of the only change that may be undone or redone; nil means the next one.
  var change: Int64?
}

extension HistoryRequest: Decodable {
  private enum Key: String, CodingKey { case change }

  init(from decoder: any Decoder) throws {
    try decoder.allowOnly([Key.change.rawValue])
    let members = try decoder.container(keyedBy: Key.self)
    change = try members.value(.change, Self.number)
    // `null` is refused, because it probably means that the client does not know the number.
    if members.contains(.change), change == nil { throw APIError.badValue("change", Self.number) }
  }

  private static let number = "the number of an edit in the history"
}
