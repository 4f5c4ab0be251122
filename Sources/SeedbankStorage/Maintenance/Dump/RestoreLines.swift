import FilePaths
import Platform
import SeedbankModel
import SeedbankQuery

/// A line of a file to restore, with all that can be found out about it without the catalog.
enum RestoreLine: Sendable {
  case generation(PreparedRecord)
  case other(DumpLine)
}

/// A record with what its rows and its part of the index are made from.
///
/// It is an object, because copies of a record take time.
final class PreparedRecord: Sendable {
  let record: GenerationRecord
  let uid: UID
  let promptHash: Int64
  let columns: PackedColumns
  /// Nil for a generation in the trash.
  let indexed: IndexedText?
  let facets: [(kind: FacetKind, value: String)]

  /// - Parameter last: the record before this one. In a series, most records have the same prompt, which is folded
  ///   once.
  init(_ record: GenerationRecord, _ uid: UID, after last: inout IndexedRecord?) {
    self.record = record
    self.uid = uid
    var content = GenerationContent(record)
    content.failure = record.restorableFailure
    content.provider = record.restorableProvider
    columns = PackedColumns(content)
    let hasSamePrompt = last?.values.prompt.isIdentical(to: record.prompt) ?? false
    promptHash =
      (hasSamePrompt ? last?.promptHash : nil) ?? PromptTable.hash(record.prompt)
    guard record.trashedAt == nil else {
      indexed = nil
      facets = []
      return
    }
    let values = record.indexedValues
    let entry =
      last.map { IndexedText(values, before: $0.values, entry: $0.entry) } ?? IndexedText(values)
    last = IndexedRecord(values: values, entry: entry, promptHash: promptHash)
    indexed = entry
    facets = values.facets
  }
}

/// What was computed for a record, which the next one may have in common with it.
struct IndexedRecord {
  let values: IndexedValues
  let entry: IndexedText
  let promptHash: Int64
}

/// Some lines in a row.
struct RestoreLines: Sendable {
  var lines: [RestoreLine] = []
  /// Of the last of them in the file.
  var number = 0
}

/// Reads lines and makes them ready, a batch at a time.
struct RestoreLineReader: ~Copyable {
  private var reader: LineReader
  private var parser = RecordParser()
  private var uids = UIDMaker()
  private var last: IndexedRecord?
  private let descriptor: Int32

  /// Reads through a separate descriptor, which is closed with this value.
  init(duplicating descriptor: Int32, path: FilePath) throws {
    self.descriptor = dup(descriptor)
    reader = LineReader(descriptor: self.descriptor, path: path)
    guard self.descriptor >= 0 else { throw FileSystem.failure("read", path) }
  }

  deinit { close(descriptor) }

  /// The next lines, blank ones left out; nil at the end.
  ///
  /// - Throws: `RestoreError`, `LibraryError`; lines before the one that is at fault are lost with it.
  mutating func next() throws -> RestoreLines? {
    var batch = RestoreLines()
    var bytes = 0
    while batch.lines.count < Self.most, bytes < Self.mostBytes, let line = try reader.next() {
      bytes += line.count
      batch.number = reader.number
      if let ready = try ready(line, number: reader.number) { batch.lines.append(ready) }
    }
    return batch.number == 0 ? nil : batch
  }

  private static let (most, mostBytes) = (256, 1 << 20)

  private mutating func ready(
    _ line: UnsafeBufferPointer<UInt8>, number: Int
  ) throws -> RestoreLine? {
    // An editor may have left a byte order mark, blank lines or carriage returns.
    let isFirst = number == 1 && line.prefix(3).elementsEqual([0xEF, 0xBB, 0xBF])
    let line = isFirst ? UnsafeBufferPointer(rebasing: line[3...]) : line
    guard line.contains(where: { $0 > 0x20 }) else { return nil }
    do throws(RecordError) {
      return try parse(line)
    } catch {
      throw RestoreError.line(number, error)
    }
  }

  private mutating func parse(
    _ line: UnsafeBufferPointer<UInt8>
  ) throws(RecordError) -> RestoreLine {
    do {
      let record = try parser.record(line)
      let uid = record.uid ?? uids.uid(for: line, createdAt: record.createdAt)
      return .generation(PreparedRecord(record, uid, after: &last))
    } catch RecordError.missingPrompt {
      var reader = JSONReader(line)
      guard let other = try DumpLine(&reader) else { throw .missingPrompt }
      return .other(other)
    }
  }
}
