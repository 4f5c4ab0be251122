import FoundationEssentials

extension Offer {
  /// The images as server-sent events: one for each image, then the usage, then the mark of the end.
  func events(from cache: ImageCache) throws -> [[UInt8]] {
    var events: [[UInt8]] = []
    for (index, item) in (items ?? []).enumerated() {
      var members: [String: JSON] = [:]
      for name in ["model", "created"] { members[name] = fields[name] }
      members["image_index"] = .integer(index)
      var name = "partial_succeeded"
      guard case .object(let image) = try written(item, cache) else { continue }
      members.merge(image) { $1 }
      if case .failure = item { name = "partial_failed" }
      events.append(try Self.event(name, members))
    }
    events.append(try Self.event("completed", ["usage": fields["usage"] ?? .null]))
    events.append(Array("data: [DONE]\n\n".utf8))
    return events
  }

  /// An error that ends a stream; it has no type.
  static let errorEvent = Array(
    (#"data: {"error":{"code":"InternalServiceError","message":"The service met an error."}}"#
      + "\n\n").utf8)

  private static func event(_ name: String, _ members: [String: JSON]) throws -> [UInt8] {
    let type = "image_generation.\(name)"
    var members = members
    members["type"] = .text(type)
    let data = try JSON.object(members).bytes
    return Array("event: \(type)\ndata: ".utf8) + data + Array("\n\n".utf8)
  }
}
