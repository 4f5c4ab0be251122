package import FilePaths

extension JSONWriter {
  /// Writes the members `path` and, if the path is not UTF-8, `path_bytes` in base64; `path` then shows
  /// it with escapes.
  package mutating func member(path: FilePath) {
    member("path", path.text)
    if let bytes = path.bytesUnlessText { member("path_bytes", Base64.text(bytes)) }
  }
}
