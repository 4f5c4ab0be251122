import FoundationEssentials

/// A reply that offers images.
///
/// The images are painted when it is sent, because this takes milliseconds and must not block the
/// actor.
struct Offer: Sendable {
  enum Item: Sendable {
    case url(String, PixelSize)
    case picture(Picture)
    case failure(code: String, message: String)
    /// An image whose link is null.
    case nothing
  }

  /// The other members of the reply.
  var fields: [String: JSON]
  var items: [Item]?
  var container: ImageContainer
  /// nil: the default of the item.
  var element: ImageElement?
  var details: Bool
  var base64: Base64Spelling?
  /// Whether base64 is written as a data URI.
  var isDataURI = false
  var isWrapped = false
  /// HTTP status.
  var status = 200
  /// Whether each link has the image's width, height and type beside it.
  var hasDimensions = false
  /// Whether the images come as events.
  var isStream = false

  func reply(from cache: ImageCache) throws -> Reply {
    if isStream {
      return Reply(200, type: "text/event-stream", try events(from: cache).flatMap(\.self))
    }
    var members = fields
    if let items {
      let list = try items.map { try written($0, cache) }
      switch container {
      case .outputMediaURL: members["output"] = .object(["media_url": .list(list)])
      case .outputAlone: members["output"] = list.first ?? .null
      case .data, .images, .results, .output: members[container.rawValue] = .list(list)
      case .url, .imageUrl: members[container.rawValue] = list.first ?? .null
      }
    }
    return try Reply(status, isWrapped ? .object(["data": .object(members)]) : .object(members))
  }

  func written(_ item: Item, _ cache: ImageCache) throws -> JSON {
    let value: String
    let usual: ImageElement
    let size: PixelSize
    switch item {
    case .failure(let code, let message):
      return .object(["error": .object(["code": .text(code), "message": .text(message)])])
    case .nothing: return .object(["url": .null])
    case .url(let url, let pixels): (value, usual, size) = (url, .url, pixels)
    case .picture(let picture):
      let plain = Data(try cache.file(picture)).base64EncodedString()
      let head = isDataURI ? "data:image/\(picture.format.rawValue);base64," : ""
      value = head + (base64?.spelled(plain) ?? plain)
      (usual, size) = (.base64, picture.size)
    }
    let bare: [ImageContainer] = [.outputMediaURL, .output, .outputAlone, .url, .imageUrl]
    let shape = element ?? (bare.contains(container) ? .string : usual)
    guard shape != .string else { return .text(value) }
    var members: [String: JSON] = [shape.rawValue: .text(value)]
    if details { members["size"] = .text("\(size)") }
    if hasDimensions {
      members["width"] = .integer(size.width)
      members["height"] = .integer(size.height)
      members["content_type"] = .text("image/jpeg")
    }
    return .object(members)
  }
}

extension Base64Spelling {
  func spelled(_ text: String) -> String {
    switch self {
    case .lines:
      var lines = ""
      for (index, character) in text.enumerated() {
        if index > 0, index % 76 == 0 { lines += "\n" }
        lines.append(character)
      }
      return lines + "\n"
    case .lineEnd: return text + "\r\n"
    case .unpadded: return String(text.prefix { $0 != "=" })
    case .urlSafe: return text.replacing("+", with: "-").replacing("/", with: "_")
    }
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

/// The meaning of a status word, whatever its spelling.
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
