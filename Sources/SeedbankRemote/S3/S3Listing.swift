import SeedbankModel

/// One page of a listing, as S3 writes it in XML.
struct S3Listing: Equatable {
  var objects: [StoredObject] = []
  /// What continues the listing; nil on the last page.
  var continuation: String?

  /// - Parameter prefix: what keys begin with in the bucket, which is removed.
  /// - Returns: nil if the text is not a listing.
  init?(_ xml: [UInt8], prefix: String) {
    let text = xml[...]
    guard text.firstRange(ofTag: "<ListBucketResult") != nil else { return nil }
    for content in text.pieces(of: "Contents") {
      guard let key = content.pieces(of: "Key").first.map(Self.unescaped),
        let size = content.pieces(of: "Size").first.flatMap({ Int64($0.text) }), size >= 0
      else { return nil }
      guard key.utf8.starts(with: prefix.utf8) else { continue }
      let version = content.pieces(of: "ETag").first.map(Self.unescaped) ?? ""
      objects.append(
        StoredObject(
          key: String(decoding: key.utf8.dropFirst(prefix.utf8.count), as: UTF8.self), size: size,
          version: version,
          modified: content.pieces(of: "LastModified").first.flatMap {
            Timestamp(rfc3339: $0.text)
          }))
    }
    if text.pieces(of: "IsTruncated").first?.text == "true" {
      guard let token = text.pieces(of: "NextContinuationToken").first else { return nil }
      continuation = Self.unescaped(token)
    }
  }

  /// The code of an error, such as `AccessDenied`; `unknown` if there is none that can be shown.
  static func errorCode(_ xml: [UInt8]) -> String {
    let code = xml.prefix(16 << 10).pieces(of: "Code").first ?? []
    let isPlain = code.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x7A).contains($0) }
    return isPlain && (1...64).contains(code.count) ? code.text : "unknown"
  }

  /// The text of the first element of a name, without entities.
  static func value(_ name: String, in xml: [UInt8]) -> String? {
    xml[...].pieces(of: name).first.map(unescaped)
  }

  private static let entities = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "#34": "\"", "#39": "'",
  ]

  private static func unescaped(_ text: ArraySlice<UInt8>) -> String {
    var result: [UInt8] = []
    var rest = text
    while let start = rest.firstIndex(of: UInt8(ascii: "&")) {
      result += rest[..<start]
      rest = rest[start...]
      guard let end = rest.firstIndex(of: UInt8(ascii: ";")) else { break }
      let name = rest[(start + 1)..<end].text
      result += (entities[name] ?? "&\(name);").utf8
      rest = rest[(end + 1)...]
    }
    return String(decoding: result + rest, as: UTF8.self)
  }
}

/// XML as bytes: keys of other programs can begin or end with characters that join `<` or `>`, so that a search
/// for characters does not find the tags.
extension ArraySlice<UInt8> {
  fileprivate var text: String { String(decoding: self, as: UTF8.self) }

  /// What is between the tags of each element of a name; elements of one name do not nest here.
  fileprivate func pieces(of name: String) -> [ArraySlice<UInt8>] {
    let (opening, closing) = ("<\(name)>", "</\(name)>")
    var found: [ArraySlice<UInt8>] = []
    var rest = self
    while let start = rest.firstRange(ofTag: opening) {
      rest = rest[start.upperBound...]
      guard let end = rest.firstRange(ofTag: closing) else { return found }
      found.append(rest[..<end.lowerBound])
      rest = rest[end.upperBound...]
    }
    return found
  }

  /// - Parameter tag: begins with `<`.
  fileprivate func firstRange(ofTag tag: String) -> Range<Int>? {
    var rest = self
    while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
      rest = rest[start...]
      if rest.starts(with: tag.utf8) { return start..<(start + tag.utf8.count) }
      rest = rest.dropFirst()
    }
    return nil
  }
}
