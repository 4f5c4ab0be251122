/// Writes comma-separated values as RFC 4180 has them: CRLF, quotes where a cell needs them.
public struct CSVWriter: Sendable {
  /// Whether text that a spreadsheet would run as a formula gets an apostrophe before it.
  ///
  /// A prompt is foreign text: `=HYPERLINK(…)` in a cell is a command to whoever opens the file.
  public let defusingFormulas: Bool
  public private(set) var text = ""

  public init(defusingFormulas: Bool) { self.defusingFormulas = defusingFormulas }

  /// Adds a row; nil is an empty cell.
  public mutating func row(_ cells: [String?]) {
    text += cells.map { cell in cell.map(written) ?? "" }.joined(separator: ",") + "\r\n"
  }

  /// Forgets what was written, for the next row of many.
  public mutating func removeAll() { text.removeAll(keepingCapacity: true) }

  private func written(_ cell: String) -> String {
    let safe = defusingFormulas && Self.isFormula(cell) ? "'" + cell : cell
    guard safe.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else { return safe }
    let doubled = safe.utf8.flatMap { $0 == 0x22 ? [$0, $0] : [$0] }
    return "\"" + String(decoding: doubled, as: UTF8.self) + "\""
  }

  /// Numbers begin with a minus too, and are left alone.
  private static func isFormula(_ cell: String) -> Bool {
    guard let first = cell.utf8.first, "=+-@\t\r".utf8.contains(first) else { return false }
    return Double(cell) == nil
  }
}

extension GenerationRecord {
  /// The heads of the columns that `cells` fills.
  public static let columns = [
    "id", "uid", "status", "prompt", "model", "size", "width", "height", "seed", "guidance_scale",
    "watermark", "response_format", "created_at", "completed_at", "tags", "rating", "favorite",
    "note", "parent", "job_set_id", "error", "images", "path", "sha256",
  ]

  /// The record as a row of a table: tags with `;` between them, of the images their number and the
  /// first one's path and digest.
  public var cells: [String?] {
    [
      id?.description, uid?.description, status?.rawValue, prompt, parameters.model,
      parameters.size, parameters.width?.description, parameters.height?.description,
      parameters.seed?.description, parameters.guidanceScale?.description,
      parameters.watermark?.description, parameters.responseFormat, createdAt?.description,
      completedAt?.description, tags.map(\.description).joined(separator: ";"),
      rating?.description, isFavorite.description, note, parent?.description, jobID,
      failure.map { "\($0.code): \($0.message)" }, images.count.description, images.first?.path,
      images.first?.digest.hex,
    ]
  }
}
