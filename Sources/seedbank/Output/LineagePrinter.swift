import SeedbankModel
import SeedbankStorage

/// Prints the tree of a generation in the requested format.
struct LineagePrinter {
  private let session: Session
  private let options: RecordOptions

  init(_ session: Session, _ options: RecordOptions) {
    self.session = session
    self.options = options
  }

  /// - Throws: `LibraryError`, or a `Failure` of the output.
  func print(of id: GenerationID, in library: Library) throws {
    guard let lineage = try library.lineage(of: id) else {
      throw LibraryError.noSuchGeneration(id)
    }
    switch options.format {
    case .table:
      let report = LineageReport(
        lineage: lineage, style: session.style, width: session.terminal.width)
      session.output.write(report.text)
    case .json, .jsonl: session.output.write(json(lineage))
    case .csv, .ids, .paths:
      var printer = RecordPrinter(session, options, folder: library.folder)
      try printer.print(library.generations(lineage.members.map(\.id)))
      printer.finish()
    }
  }

  private func json(_ lineage: Lineage) -> [UInt8] {
    var writer = JSONWriter()
    if options.format == .json {
      writer.array { array in
        for member in lineage.members { lineage.write(member, to: &array) }
      }
      writer.newline()
    } else {
      for member in lineage.members {
        lineage.write(member, to: &writer)
        writer.newline()
      }
    }
    return writer.bytes
  }
}
