import FoundationEssentials

/// A reply that offers images. The pictures are painted when it is written out, not before: that
/// takes milliseconds, and must not hold up the office.
struct Offer: Sendable {
  enum Item: Sendable {
    case url(String, PixelSize)
    case picture(Picture)
    case failure(code: String, message: String)
  }

  /// What stands beside the images.
  var fields: [String: JSON]
  var items: [Item]?
  var container: ImageContainer
  /// nil: what the item itself suggests.
  var element: ImageElement?
  var details: Bool

  func reply(from studio: Studio) throws -> Reply {
    var members = fields
    if let items {
      let list = try JSON.list(items.map { try written($0, studio) })
      if container == .outputMediaURL {
        members["output"] = .object(["media_url": list])
      } else {
        members[container.rawValue] = list
      }
    }
    return try Reply(200, .object(members))
  }

  private func written(_ item: Item, _ studio: Studio) throws -> JSON {
    let value: String
    let usual: ImageElement
    let size: PixelSize
    switch item {
    case .failure(let code, let message):
      return .object(["error": .object(["code": .text(code), "message": .text(message)])])
    case .url(let url, let pixels): (value, usual, size) = (url, .url, pixels)
    case .picture(let picture):
      value = Data(try studio.file(picture)).base64EncodedString()
      (usual, size) = (.base64, picture.size)
    }
    let shape = element ?? (container == .outputMediaURL ? .string : usual)
    guard shape != .string else { return .text(value) }
    var members: [String: JSON] = [shape.rawValue: .text(value)]
    if details { members["size"] = .text("\(size)") }
    return .object(members)
  }
}

extension TimeSpelling {
  func value(_ seconds: Double) -> JSON? {
    switch self {
    case .seconds: .integer(Int(seconds))
    case .milliseconds: .integer(Int(seconds * 1000))
    case .iso8601: .text(HTTPDate.iso8601(seconds))
    case .missing: nil
    }
  }
}

/// What a word of status comes to, spelling aside.
enum JobEnd {
  case success, failure

  init?(_ status: String) {
    let word = status.lowercased().filter { !"_- ".contains($0) }
    if ["succeeded", "success", "completed"].contains(word) {
      self = .success
    } else if [
      "failed", "failure", "error", "canceled", "cancelled", "aborted", "nsfw", "expired",
      "timeout",
    ].contains(word) {
      self = .failure
    } else {
      return nil
    }
  }
}
