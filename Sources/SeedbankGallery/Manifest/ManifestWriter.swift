import FilePaths
import SeedbankModel
import SeedbankStorage

/// Writes the records of an export: one line per generation for programs, one row per image for
/// spreadsheets.
///
/// Paths are relative to the manifest, so that the folder can be moved and does not contain paths of this
/// computer.
struct ManifestWriter {
  private let lines: DraftWriter
  private let table: DraftWriter
  private var json = JSONWriter()
  private var row = CSVWriter()

  var linesPath: FilePath { lines.path }
  var tablePath: FilePath { table.path }

  init(linesPath: FilePath, tablePath: FilePath) throws(ExportError) {
    lines = try DraftWriter(path: linesPath)
    table = try DraftWriter(path: tablePath)
    // Without a byte order mark, Excel does not recognize UTF-8.
    try table.write("\u{FEFF}")
    row.row(GenerationRecord.columns)
    try table.write(row.bytes)
  }

  /// Adds a generation with those of its images that were exported.
  mutating func add(
    _ record: GenerationRecord, files: [(image: CataloguedImage, path: RelativePath)]
  ) throws(ExportError) {
    var record = record
    record.images = files.map { .exported($0.image, path: $0.path.description) }
    json.removeAll()
    record.write(to: &json)
    json.newline()
    try lines.write(json.bytes)
    for file in files {
      var single = record
      single.images = [.exported(file.image, path: file.path.description)]
      row.removeAll()
      row.row(single.cells)
      try table.write(row.bytes)
    }
  }

  mutating func finish() throws(ExportError) {
    try lines.flush()
    try table.flush()
  }
}
