import FilePaths
import Platform
import Synchronization

/// Fooocus' `log.html`: a table of values for each image of a folder.
struct FooocusLog: Sendable {
  static let fileName: FilePath = "log.html"
  private let bytes: [UInt8]
  /// The range of the values of each image, by file name.
  private let entries: [String: Range<Int>]

  /// Whether the file at `path` starts like such a log.
  static func isLog(_ path: FilePath) -> Bool {
    SidecarFile.read(path, limit: SidecarFile.longestLog).map(isLog) ?? false
  }

  private static func isLog(_ bytes: [UInt8]) -> Bool {
    find("Fooocus", in: bytes, 0..<min(bytes.count, 1 << 14)) != nil
  }

  /// Nil if it is not a log of Fooocus.
  init?(_ bytes: [UInt8]) {
    guard Self.isLog(bytes) else { return nil }
    var entries: [String: Range<Int>] = [:]
    var start = Self.find("<div id=", in: bytes, 0..<bytes.count)
    while let entry = start {
      let next = Self.find("<div id=", in: bytes, entry + 8..<bytes.count)
      let range = entry..<(next ?? bytes.count)
      if let name = Self.imageName(in: bytes, range), entries[name] == nil { entries[name] = range }
      start = next
    }
    self.bytes = bytes
    self.entries = entries
  }

  /// The record of the image with this file name.
  func record(of name: String) -> ForeignRecord? {
    guard let range = entries[name] else { return nil }
    var values: [String: JSONValue] = [:]
    for (name, value) in pairs(in: range) where values[name] == nil {
      values[name] = .string(value)
    }
    guard values["Prompt"] != nil || values["prompt"] != nil else { return nil }
    var record = ForeignRecord(
      tool: "fooocus", raw: String(decoding: bytes[range], as: UTF8.self).trimmingWhitespace)
    record.take(values)
    return record
  }

  private static func imageName(in bytes: [UInt8], _ range: Range<Int>) -> String? {
    for quote in ["src='", "src=\""] {
      guard let start = find(quote, in: bytes, range).map({ $0 + 5 }),
        let end = bytes[start..<range.upperBound].firstIndex(of: bytes[start - 1])
      else { continue }
      return text(bytes[start..<end])
    }
    return nil
  }

  /// The rows of the table, or `name: <b>value</b>` of older logs.
  private func pairs(in range: Range<Int>) -> [(String, String)] {
    var found: [(String, String)] = []
    var place = range.lowerBound
    for mark in ["class='key'>", "class='label'>"] {
      while let start = Self.find(mark, in: bytes, place..<range.upperBound).map({
        $0 + mark.utf8.count
      }),
        let end = Self.find("</td>", in: bytes, start..<range.upperBound),
        let value = Self.find("class='value'>", in: bytes, end..<range.upperBound).map({ $0 + 14 }),
        let valueEnd = Self.find("</td>", in: bytes, value..<range.upperBound)
      {
        found.append((Self.text(bytes[start..<end]), Self.text(bytes[value..<valueEnd])))
        place = valueEnd
      }
    }
    guard found.isEmpty else { return found }
    while let value = Self.find(": <b>", in: bytes, place..<range.upperBound),
      let end = Self.find("</b>", in: bytes, value..<range.upperBound)
    {
      let before = bytes[place..<value]
      let start = before.lastIndex { [0x3E, 0x2C, 0x0A].contains($0) }.map { $0 + 1 } ?? place
      found.append((Self.text(bytes[start..<value]), Self.text(bytes[value + 5..<end])))
      place = end + 4
    }
    return found
  }

  /// The text between tags, with entities replaced.
  private static func text(_ bytes: ArraySlice<UInt8>) -> String {
    var text = Array(bytes)
    for (written, meant) in [
      (" </br> ", "\n"), ("</br>", "\n"), ("<br>", "\n"), ("&lt;", "<"), ("&gt;", ">"),
      ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&amp;", "&"),
    ] {
      // By bytes: a semicolon with a combining mark is another Character.
      text = text.replacing(Array(written.utf8), with: Array(meant.utf8))
    }
    return String(decoding: text, as: UTF8.self).trimmingWhitespace
  }

  private static func find(_ text: String, in bytes: [UInt8], _ range: Range<Int>) -> Int? {
    let wanted = Array(text.utf8)
    guard let first = wanted.first, range.count >= wanted.count else { return nil }
    return bytes.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return nil }
      var offset = range.lowerBound
      let last = range.upperBound - wanted.count
      while offset <= last,
        let found = memchr(start + offset, Int32(first), last - offset + 1)
      {
        offset = UnsafeRawPointer(start).distance(to: UnsafeRawPointer(found))
        if memcmp(start + offset, wanted, wanted.count) == 0 { return offset }
        offset += 1
      }
      return nil
    }
  }
}

/// The logs of the folders of an import.
///
/// Each is read once.
final class FooocusLogs: Sendable {
  private let known = Mutex<[(folder: FilePath, log: FooocusLog?)]>([])
  /// The number of logs in memory.
  ///
  /// Files are read folder by folder, so few are needed.
  private static let most = 4

  func record(of path: FilePath) -> ForeignRecord? {
    // The log is UTF-8, so it cannot name other files.
    log(in: path.folder)?.record(of: path.name.text)
  }

  private func log(in folder: FilePath) -> FooocusLog? {
    // The log is read under the lock, so that only one thread reads it.
    known.withLock { known in
      if let found = known.first(where: { $0.folder == folder }) { return found.log }
      let bytes = SidecarFile.read(
        folder + "/log.html", limit: SidecarFile.longestLog)
      let log = bytes.flatMap(FooocusLog.init)
      known.append((folder, log))
      if known.count > Self.most { known.removeFirst() }
      return log
    }
  }
}
