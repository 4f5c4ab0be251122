extension FilePath {
  private static let slash = UInt8(ascii: "/")

  /// Whether the path begins with a slash.
  public var isAbsolute: Bool { bytes.first == Self.slash }

  /// The bytes after the last slash.
  public var name: FilePath {
    guard let slash = bytes.lastIndex(of: Self.slash) else { return self }
    return FilePath(bytes: bytes[(slash + 1)...])
  }

  /// The folder that contains the path; `.` for a name without a folder.
  public var folder: FilePath {
    guard let slash = bytes.lastIndex(of: Self.slash) else { return FilePath(".") }
    return slash == 0 ? FilePath("/") : FilePath(bytes: bytes[..<slash])
  }

  /// The path without trailing slashes; the root stays.
  public var withoutTrailingSlashes: FilePath {
    let end = bytes.lastIndex { $0 != Self.slash } ?? 0
    return FilePath(bytes: bytes.prefix(max(end + 1, min(bytes.count, 1))))
  }

  /// Appends a name, with one slash between.
  public func appending(_ name: FilePath) -> FilePath {
    if bytes.isEmpty { return name }
    return FilePath(
      bytes: bytes.last == Self.slash ? bytes + name.bytes : bytes + [Self.slash] + name.bytes)
  }

  /// Returns the path of a file in this folder.
  public func appending(_ name: String) -> FilePath { appending(FilePath(name)) }

  /// Returns whether the path is `folder` or is below it, compared by bytes only.
  public func isInside(_ folder: FilePath) -> Bool {
    if self == folder { return true }
    let start = folder.bytes.last == Self.slash ? folder.bytes : folder.bytes + [Self.slash]
    return bytes.starts(with: start)
  }

  /// Whether the bytes begin with those of a text.
  public func hasPrefix(_ prefix: String) -> Bool { bytes.starts(with: prefix.utf8) }

  /// Whether the path ends with `suffix`, ASCII letters of either case being equal.
  public func hasSuffix(ignoringCase suffix: String) -> Bool {
    guard bytes.count >= suffix.utf8.count else { return false }
    return zip(bytes.suffix(suffix.utf8.count), suffix.utf8).allSatisfy {
      Self.lowercased($0) == Self.lowercased($1)
    }
  }

  private static func lowercased(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte + 32 : byte
  }

  /// Appends text as it is, without a slash.
  public static func + (path: FilePath, suffix: String) -> FilePath {
    FilePath(bytes: path.bytes + suffix.utf8)
  }

  /// Appends text as it is, without a slash.
  public static func + (path: FilePath, suffix: Substring) -> FilePath {
    FilePath(bytes: path.bytes + suffix.utf8)
  }
}
