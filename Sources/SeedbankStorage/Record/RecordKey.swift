import Glibc

/// The members of a record by name, in the order in which they are written.
enum RecordKey: String, CaseIterable {
  case id, uid, status, prompt, model, size, width, height, seed
  case guidanceScale = "guidance_scale"
  case watermark
  case responseFormat = "response_format"
  case createdAt = "created_at"
  case completedAt = "completed_at"
  case tags, rating, favorite, note, parent
  case jobID = "job_set_id"
  case error, usage, images
  case parentUID = "parent_uid"
  case parentChange = "parent_change"
  case verdict, gateway, provenance
  case trashedAt = "trashed_at"
  case attempts, owner
  case ownedAt = "owned_at"
  case requestBody = "request_body"
  case requestBodyBase64 = "request_body_base64"
  case replyBody = "reply_body"
  case replyBodyBase64 = "reply_body_base64"
  case pollBody = "poll_body"
  case pollBodyBase64 = "poll_body_base64"
  case events, collections, edits
}

extension RecordKey {
  static let table = KeyTable<RecordKey>()
}

/// The names of an enum's cases as bytes.
struct KeyTable<Key: CaseIterable & RawRepresentable & Sendable>: Sendable
where Key.RawValue == String {
  let names: [(key: Key, name: [UInt8])] = Key.allCases.map { ($0, Array($0.rawValue.utf8)) }
}

/// Finds keys among the names of an enum; the next one in order is tried first, for the members of
/// lines that were written here stand in order.
struct KeyFinder<Key: CaseIterable & RawRepresentable & Sendable> where Key.RawValue == String {
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
