import Platform

/// The members of a record that have a special form in the catalog, or no column.
enum RecordKey: String {
  case id, uid, status, prompt
  case createdAt = "created_at"
  case tags, parent, images, references
  case parentUID = "parent_uid"
  case provenance, attempts, owner
  case ownedAt = "owned_at"
  case requestBody = "request_body"
  case requestBodyBase64 = "request_body_base64"
  case replyBody = "reply_body"
  case replyBodyBase64 = "reply_body_base64"
  case pollBody = "poll_body"
  case pollBodyBase64 = "poll_body_base64"
  case events, collections, edits

  /// Those that follow `attempts` in dumps, in their order.
  static let archived: [RecordKey] = [
    .owner, .ownedAt, .requestBody, .requestBodyBase64, .replyBody, .replyBodyBase64, .pollBody,
    .pollBodyBase64, .events, .collections, .edits,
  ]
}

/// Keys with their names as bytes.
struct KeyTable<Key: Sendable>: Sendable {
  let names: [(key: Key, name: [UInt8])]

  init(_ keys: [(Key, String)]) { names = keys.map { ($0.0, Array($0.1.utf8)) } }
}

extension KeyTable where Key: CaseIterable & RawRepresentable<String> {
  /// The cases of an enum with their raw values.
  init() { self.init(Key.allCases.map { ($0, $0.rawValue) }) }
}

/// Finds keys by name.
///
/// The next one in order is tried first, because the members of lines that Seedbank wrote are in
/// order.
struct KeyFinder<Key: Sendable> {
  private let table: KeyTable<Key>
  private var next = 0

  init(_ table: KeyTable<Key>) { self.table = table }

  mutating func find(_ key: UnsafeBufferPointer<UInt8>) -> Key? {
    let count = table.names.count
    for step in 0..<count {
      let index = next + step < count ? next + step : next + step - count
      let name = table.names[index].name
      if name.count == key.count, let base = key.baseAddress, memcmp(name, base, key.count) == 0 {
        next = index + 1 == count ? 0 : index + 1
        return table.names[index].key
      }
    }
    return nil
  }
}
