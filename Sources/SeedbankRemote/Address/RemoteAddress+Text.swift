import FilePaths

extension RemoteAddress {
  /// The beginning of a refused address, without what can be a secret.
  ///
  /// People write keys and passwords before an `@`, after a colon, and as parameters or options. A secret
  /// key of S3 can itself contain `/`, so nothing after the scheme is shown if there is an `@`.
  static func shown(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let scheme = ["s3://", "file://", "rclone:"].first { text.hasPrefix($0) } ?? ""
    let rest = scalars.dropFirst(scheme.unicodeScalars.count)
    let end =
      rest.contains("@")
      ? rest.startIndex : rest.firstIndex { ":?,=".unicodeScalars.contains($0) } ?? rest.endIndex
    let plain = String(scalars[..<end])
    return end == scalars.endIndex ? plain : plain + "…"
  }

  /// The path in the address of a folder.
  ///
  /// A `%` without two hexadecimal digits stands for itself, and so does `%00`, which no path can contain.
  static func path(_ text: String) -> FilePath {
    let bytes = Array(text.utf8)
    var decoded: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let high = digit(bytes[index + 1]), let low = digit(bytes[index + 2]), high + low > 0
      {
        decoded.append(high << 4 | low)
        index += 3
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    return FilePath(bytes: decoded)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    Character(Unicode.Scalar(byte)).hexDigitValue.map { UInt8($0) }
  }
}
