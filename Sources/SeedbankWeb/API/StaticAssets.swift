import SeedbankModel
import SeedbankQuery
import SeedbankStorage
import WebAssets

/// The files of the live page, which are part of the program.
struct StaticAssets: Sendable {
  struct Asset: Sendable {
    let bytes: [UInt8]
    let mediaType: String
    let entityTag: String
  }

  private let assets: [String: Asset]

  init() {
    let newline = UInt8(ascii: "\n")
    var files: [(name: String, bytes: [UInt8])] = []
    var index: Int32 = 0
    while true {
      let found = web_asset_at(index)
      guard let name = found.name, let start = found.bytes else { break }
      files.append(
        (String(cString: name), Array(UnsafeBufferPointer(start: start, count: found.count))))
      index += 1
    }
    let style = files.filter { $0.name.hasSuffix(".css") }.flatMap(\.bytes)
    let modules = files.filter { $0.name.hasSuffix(".js") }.flatMap { $0.bytes + [newline] }
    let script = ModuleBundle.script(joining: modules)
    files += [("app.css", style), ("app.js", script)]
    assets = files.reduce(into: [:]) { assets, file in
      assets[file.name] = Asset(
        bytes: file.bytes, mediaType: Self.mediaType(of: file.name),
        entityTag: "\"" + Digest(of: file.bytes).hex.prefix(32) + "\"")
    }
  }

  /// Returns the response with a file, or nil if no asset has that name.
  func response(_ name: String, to head: RequestHead) -> Response? {
    guard let asset = assets[name] else { return nil }
    let fields = [
      ("Content-Type", asset.mediaType), ("ETag", asset.entityTag), ("Cache-Control", "no-cache"),
    ]
    if EntityTag.matches(asset.entityTag, head["if-none-match"]) {
      return Response(status: 304, fields: fields)
    }
    return Response(status: 200, fields: fields, body: .bytes(asset.bytes))
  }

  /// The type for the ending of the name, from a fixed list.
  private static func mediaType(of name: String) -> String {
    switch name.split(separator: ".").last {
    case "html": "text/html; charset=utf-8"
    case "css": "text/css; charset=utf-8"
    case "js": "text/javascript; charset=utf-8"
    case "json": "application/json; charset=utf-8"
    case "webmanifest": "application/manifest+json"
    case "svg": "image/svg+xml"
    case "png": "image/png"
    case "ico": "image/x-icon"
    case "woff2": "font/woff2"
    default: "application/octet-stream"
    }
  }
}

/// Comparison of entity tags (RFC 9110, section 13.1.2).
enum EntityTag {
  /// Whether a field such as `If-None-Match` names the tag.
  static func matches(_ tag: String, _ field: String?) -> Bool {
    guard let field else { return false }
    if field == "*" { return true }
    return field.split(separator: ",").contains { candidate in
      let candidate = candidate.drop { $0 == " " || $0 == "\t" }
      return (candidate.hasPrefix("W/") ? candidate.dropFirst(2) : candidate).prefix(tag.count)
        == tag
    }
  }
}
