import FilePaths
package import SeedbankModel

/// What a line of a segment says about image files.
package enum SegmentStatement: Hashable, Sendable {
  /// The generation exists in the library that wrote the line, with these images.
  case refers(UID, [Digest])
  /// The library deleted the generation permanently.
  case erased(UID)

  /// Passes on the statement of each line, in order.
  ///
  /// Lines about other things are left out.
  ///
  /// - Parameter descriptor: of a file with JSON Lines, without the header of the segment.
  /// - Throws: `RecordError` if a line is not one of a dump; `LibraryError`.
  package static func forEach(
    reading descriptor: Int32, _ take: (SegmentStatement) throws -> Void
  ) throws {
    var lines = LineReader(descriptor: descriptor, path: "segment")
    var parser = RecordParser()
    while let line = try lines.next() {
      guard line.contains(where: { $0 > 0x20 }) else { continue }
      if let statement = try statement(of: line, &parser) { try take(statement) }
    }
  }

  private static func statement(
    of line: UnsafeBufferPointer<UInt8>, _ parser: inout RecordParser
  ) throws(RecordError) -> SegmentStatement? {
    do {
      let record = try parser.record(line)
      let digests = record.images.map(\.digest) + record.references.map(\.digest)
      return record.uid.map { .refers($0, digests) }
    } catch RecordError.missingPrompt {
      var reader = JSONReader(line)
      guard case .field(let field) = try DumpLine(&reader), case .erased(let uid) = field.field
      else { return nil }
      return .erased(uid)
    }
  }
}
