/// The relative path of a file in an export: safe names of folders and the file, separated by `/`.
struct RelativePath: Hashable, Sendable, CustomStringConvertible {
  let description: String

  /// For paths of parts that are already safe.
  init(parts: [String]) { description = parts.joined(separator: "/") }

  /// A path that was read from a file; nil if it could leave the folder.
  init?(checking text: String) {
    guard !text.isEmpty, !text.utf8.contains(0),
      Self.parts(of: text).allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." })
    else { return nil }
    description = text
  }

  /// The parts as the file system reads them.
  ///
  /// A slash with a combining mark is one `Character`, but separates parts too.
  private static func parts(of text: String) -> [String] {
    text.unicodeScalars.split(separator: "/", omittingEmptySubsequences: false).map { String($0) }
  }

  /// The folders above it, outermost first.
  var folders: [RelativePath] {
    guard description.utf8.contains(UInt8(ascii: "/")) else { return [] }
    let parts = Self.parts(of: description)
    return parts.indices.dropFirst().map { RelativePath(parts: Array(parts[..<$0])) }
  }

  var name: String { Self.parts(of: description).last ?? "" }

  /// Equal for paths that some file systems treat as the same: upper and lower case, and composed and
  /// decomposed accents, which are equal in Swift strings.
  var collisionKey: String { description.uppercased().lowercased() }

  /// As a relative URL: unreserved characters of RFC 3986, and all other bytes percent-encoded.
  var url: String {
    let hex = Array("0123456789ABCDEF".unicodeScalars)
    var url = String.UnicodeScalarView()
    for byte in description.utf8 {
      let scalar = Unicode.Scalar(byte)
      switch scalar {
      case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "~", "/": url.append(scalar)
      default: url.append(contentsOf: ["%", hex[Int(byte >> 4)], hex[Int(byte & 15)]])
      }
    }
    return String(url)
  }
}
