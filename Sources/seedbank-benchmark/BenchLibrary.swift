import FilePaths
import Foundation
import SeedbankModel
import SeedbankStorage

/// A library of the corpus on disk, with the same records in a plain FTS5 table and in a table
/// without an index.
struct BenchLibrary {
  let library: Library
  let count: Int
  /// Seconds that the restore took, including the index.
  let restoring: Double
  /// Seconds that sqlite3's `.import` of the same lines into one table without an index took.
  let importing: Double
  let plain: String
  let folder: String
  /// The file that contains the records.
  let lines: String

  init(_ folder: String, count: Int) throws {
    self.count = count
    self.folder = folder
    let lines = "\(folder)/lines-\(count).jsonl"
    self.lines = lines
    let path = "\(folder)/library-\(count)"
    try? FileManager.default.removeItem(atPath: path)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let library = try Library.open(LibraryFolder(path: path), for: .creating)
    try Self.write(count, to: lines)
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: lines))
    restoring =
      try Measure.once {
        try library.restore(
          reading: file.fileDescriptor, path: FilePath(lines), at: Timestamp(milliseconds: 0))
      } / 1000
    self.library = library
    plain = "\(folder)/plain-\(count).sqlite"
    let bare = "\(folder)/bare-\(count).sqlite"
    for name in [plain, bare] { try? FileManager.default.removeItem(atPath: name) }
    importing =
      try Measure.once {
        try Shell.run(
          ["sqlite3", bare],
          input: """
            CREATE TABLE bare(line);
            .mode ascii
            .separator "\u{1F}" "\\n"
            .import \(lines) bare

            """)
      } / 1000
    try Shell.run(
      ["sqlite3", plain],
      input: """
        CREATE VIRTUAL TABLE plain USING fts5(prompt, note, tags);
        ATTACH '\(bare)' AS bare;
        INSERT INTO plain SELECT json_extract(line, '$.prompt'), json_extract(line, '$.note'),
          (SELECT group_concat(value, ' ') FROM json_each(line, '$.tags')) FROM bare.bare;
        INSERT INTO plain(plain) VALUES ('optimize');

        """)
  }

  private static func write(_ count: Int, to path: String) throws {
    _ = FileManager.default.createFile(atPath: path, contents: nil)
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    var corpus = Corpus()
    var written = 0
    while written < count {
      var text = ""
      for _ in 0..<min(10_000, count - written) {
        text += corpus.next().json + "\n"
        written += 1
      }
      try file.write(contentsOf: Data(text.utf8))
    }
    try file.close()
  }

  var catalog: String { library.folder.catalog.text }

  /// Returns the total bytes of the tables whose names start with a prefix.
  static func bytes(_ file: String, _ prefix: String) throws -> Double {
    let answer = try Shell.run([
      "sqlite3", file, "SELECT sum(pgsize) FROM dbstat WHERE name GLOB '\(prefix)*'",
    ])
    return Double(answer.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
  }
}
