import FilePaths
import SeedbankModel
import SeedbankStorage

/// Prints generations in the requested format, page by page, in constant memory.
struct RecordPrinter {
  private let format: OutputFormat
  private let end: String
  private let folder: LibraryFolder
  private let output: StandardOutput
  var table: RecordTable
  /// The images below the lines of a table; nil for none.
  var thumbnails: ThumbnailRows?
  private let links: Hyperlink
  private let defusesEscapes: Bool
  private var json = JSONWriter()
  private var csv = CSVWriter()
  private var count = 0

  init(
    _ session: Session, _ options: RecordOptions, folder: LibraryFolder,
    highlighter: Highlighter? = nil
  ) {
    self.init(
      session, options.format, nul: options.nul, folder: folder, highlighter: highlighter)
  }

  init(
    _ session: Session, _ format: OutputFormat, nul: Bool, folder: LibraryFolder,
    highlighter: Highlighter?
  ) {
    self.format = format
    end = nul ? "\0" : "\n"
    self.folder = folder
    output = session.output
    links = session.links
    table = RecordTable(
      width: session.terminal.width, highlighter: highlighter ?? .none(session.style))
    defusesEscapes = session.terminal.isPresent
  }

  /// Prints one page.
  /// - Throws: `OutputClosed`, or a `Failure` of status 74.
  mutating func print(_ generations: [Generation]) throws {
    if format == .table {
      if !generations.isEmpty {
        writeTable(generations)
      }
      count += generations.count
      return try output.flushIfLarge()
    }
    for generation in generations {
      write(generation)
      count += 1
      try output.flushIfLarge()
    }
  }

  /// Prints these generations page by page.
  /// - Throws: `LibraryError`, `OutputClosed`, or a `Failure` of status 74.
  mutating func print(_ ids: [GenerationID], in library: Library) throws {
    for page in ids.chunks(of: 500) { try print(library.generations(Array(page))) }
    finish()
  }

  /// Prints an id as a line of the format `ids`.
  /// - Throws: `OutputClosed`, or a `Failure` of status 74.
  func print(_ id: GenerationID) throws {
    write(id)
    try output.flushIfLarge()
  }

  private func write(_ id: GenerationID) { output.write(id.description + end) }

  /// Prints the end of the output, after the last page.
  mutating func finish() {
    if format == .json { output.write(count == 0 ? "[]\n" : "\n]\n") }
    if format == .csv, count == 0 { writeHead() }
  }

  private func writeTable(_ generations: [Generation]) {
    let text = table.rendered(generations, hasHead: count == 0)
    guard let thumbnails else { return output.write(text) }
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    if count == 0 { output.write(lines.removeFirst() + "\n") }
    for (line, generation) in zip(lines, generations) {
      output.write(line + "\n" + thumbnails.text(generation))
    }
  }

  private mutating func write(_ generation: Generation) {
    switch format {
    case .table: break
    case .json:
      output.write(count == 0 ? "[\n" : ",\n")
      writeJSON(generation)
    case .jsonl:
      writeJSON(generation)
      output.write("\n")
    case .csv:
      if count == 0 { writeHead() }
      csv.row(GenerationRecord(generation, folder: folder).cells)
      output.write(defusesEscapes ? SafeText.lines(csv.text) : csv.text)
      csv.removeAll()
    case .ids: write(generation.id)
    case .paths:
      for image in generation.images where image.missingSince == nil {
        let path = folder.absolutePath(of: image)
        output.write((links.isOn ? Array(links.path(path).utf8) : path.bytes) + end.utf8)
      }
    }
  }

  private mutating func writeJSON(_ generation: Generation) {
    json.removeAll()
    GenerationRecord(generation, folder: folder).write(to: &json)
    output.write(json.bytes)
  }

  private mutating func writeHead() {
    csv.row(GenerationRecord.columns)
    output.write(csv.text)
    csv.removeAll()
  }
}
