import SeedbankModel

/// One page of a listing, as S3 writes it in XML.
struct S3Listing: Equatable {
  var objects: [StoredObject] = []
  /// What continues the listing; nil on the last page.
  var continuation: String?

  /// - Parameter prefix: what keys begin with in the bucket, which is removed.
  /// - Returns: nil if the text is not a listing.
  init?(_ xml: [UInt8], prefix: String) {
    let text = String(decoding: xml, as: UTF8.self)
    guard text.contains("<ListBucketResult") else { return nil }
    for content in text.pieces(of: "Contents") {
      guard let key = content.pieces(of: "Key").first.map(Self.unescaped),
        let size = content.pieces(of: "Size").first.flatMap({ Int64($0) })
      else { return nil }
      guard key.hasPrefix(prefix) else { continue }
      let version = content.pieces(of: "ETag").first.map(Self.unescaped) ?? ""
      objects.append(
        StoredObject(
          key: String(key.dropFirst(prefix.count)), size: size, version: version,
          modified: content.pieces(of: "LastModified").first.flatMap { Timestamp(rfc3339: $0) }))
    }
    if text.pieces(of: "IsTruncated").first == "true" {
      guard let token = text.pieces(of: "NextContinuationToken").first else { return nil }
      continuation = Self.unescaped(token)
    }
  }

  /// The code of an error, such as `AccessDenied`; `unknown` if there is none that can be shown.
  static func errorCode(_ xml: [UInt8]) -> String {
    let code = String(decoding: xml.prefix(16 << 10), as: UTF8.self).pieces(of: "Code").first ?? ""
    let isPlain = code.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x7A).contains($0) }
    return isPlain && (1...64).contains(code.utf8.count) ? String(code) : "unknown"
  }

  /// The text of the first element of a name, without entities.
  static func value(_ name: String, in xml: [UInt8]) -> String? {
    String(decoding: xml, as: UTF8.self).pieces(of: name).first.map(unescaped)
  }

  static func unescaped(_ text: Substring) -> String {
    guard text.contains("&") else { return String(text) }
    var result = ""
    var rest = text
    while let start = rest.firstIndex(of: "&") {
      result += rest[..<start]
      rest = rest[start...]
      guard let end = rest.firstIndex(of: ";") else { break }
      let name = rest[rest.index(after: start)..<end]
      let known: [Substring: String] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "#34": "\"", "#39": "'",
      ]
      result += known[name] ?? "&\(name);"
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }
}

extension StringProtocol {
  /// What is between the tags of each element of a name; elements of one name do not nest here.
  fileprivate func pieces(of name: String) -> [Substring] {
    var found: [Substring] = []
    var rest = Substring(self)
    while let start = rest.firstRange(of: "<\(name)>") {
      rest = rest[start.upperBound...]
      guard let end = rest.firstRange(of: "</\(name)>") else { return found }
      found.append(rest[..<end.lowerBound])
      rest = rest[end.upperBound...]
    }
    return found
  }
}
