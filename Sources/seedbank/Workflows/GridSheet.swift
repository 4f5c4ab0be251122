import FilePaths
import SeedbankGallery
import SeedbankModel
import SeedbankProviders
import SeedbankStorage
import SeedbankSync

/// The contact sheet of a grid of reproductions.
///
/// It is checked before requests are sent, and written when they are finished or left.
struct GridSheet {
  private let path: FilePath
  private let grid: VariationGrid
  private let original: Generation

  /// - Throws: `Failure` if the file already exists, `ExportError.noText` if labels cannot be drawn.
  init(path: String, of grid: VariationGrid, from original: Generation) throws {
    self.path = Path.absolute(path)
    self.grid = grid
    self.original = original
    try FileWriting.refuseExisting(self.path)
    try VariationSheet.check()
  }

  /// Draws and writes the sheet.
  ///
  /// If reproductions are unfinished, it prints how to create the sheet later.
  ///
  /// - Parameter ids: the reproductions in the order of the grid's cells.
  /// - Throws: `ExportError`, `ImageError`, `LibraryError`, or a `Failure` of the file.
  func write(_ ids: [GenerationID], in library: Library, _ session: Session) throws {
    let unfinished = try SyncForecast.unfinished(library.statusCounts(of: ids))
    guard unfinished == 0 else {
      return session.talk.note(
        "the contact sheet was not written: \(unfinished) of its images "
          + "\(unfinished == 1 ? "is" : "are") not finished. Run the "
          + "same command again with --reuse")
    }
    guard let encoding = ComparisonFile.encoding(of: path), let columns = grid.axes.last else {
      return
    }
    let cells = try ids.map { id in
      try library.generation(id).map { Self.cell($0, in: library) }
        ?? VariationSheet.Cell(.reason("no longer in the library"), caption: "#\(id)")
    }
    let fields = grid.axes.map(\.field.rawValue).joined(separator: " × ")
    let sheet = VariationSheet(
      title: "Reproductions of \(original.id): \(fields)",
      subtitle: subtitle, rows: grid.axes.count > 1 ? grid.axes.first.map(Self.axis) : nil,
      columns: Self.axis(columns), cells: cells)
    try FileWriting.create(path, sheet.render().encoded(as: encoding))
  }

  /// The prompt and the other common values of all cells.
  private var subtitle: String {
    let parameters = original.parameters
    let changed = Set((grid.axes.flatMap(\.changes) + grid.common).map(\.field))
    let recorded: [(field: RequestField, text: String?)] = [
      (.model, parameters.model), (.size, parameters.size),
      (.guidanceScale, parameters.guidanceScale.map { "guidance_scale \($0)" }),
      (.prompt, original.prompt),
    ]
    let kept = recorded.filter { !changed.contains($0.field) }.compactMap(\.text)
    let set = grid.common.map { "\($0.field.rawValue) \($0.valueText)" }
    return SafeText.line((set + kept).joined(separator: "  ·  "))
  }

  private static func axis(_ variation: Variation) -> VariationSheet.Axis {
    VariationSheet.Axis(
      name: variation.field.rawValue,
      values: variation.changes.map { SafeText.line($0.valueText) })
  }

  private static func cell(
    _ generation: Generation, in library: Library
  ) -> VariationSheet.Cell {
    let caption = "#\(generation.id)"
    guard let image = generation.images.first else {
      return VariationSheet.Cell(.reason(reason(generation)), caption: caption)
    }
    let path = library.folder.absolutePath(of: image)
    guard image.place == .library, path.isRegularFile else {
      let reason = image.place == .remote ? "its file is on a remote only" : "its file is missing"
      return VariationSheet.Cell(.reason(reason), caption: caption)
    }
    let count = generation.images.count
    return VariationSheet.Cell(
      .picture(path), caption: count == 1 ? caption : "\(caption), the first of \(count)")
  }

  private static func reason(_ generation: Generation) -> String {
    let failure = generation.failure.map { ": \(SafeText.line($0.message))" } ?? ""
    return switch generation.status {
    case .queued: "not sent yet"
    case .held: "held for another library"
    case .submitting, .pending, .ready: "not finished yet"
    case .unknown: "outcome unknown\(failure)"
    case .failed, .lost, .complete: "\(generation.status.rawValue)\(failure)"
    }
  }
}
