public import FilePaths
public import SeedbankImaging

/// A page that shows a grid of requests: what was varied stands at its sides, and in every cell its
/// image, or in words why there is none.
public struct VariationSheet: Sendable {
  /// One side of the grid.
  public struct Axis: Hashable, Sendable {
    /// The field that was varied.
    public let name: String
    /// Its values, from left to right or from top to bottom.
    public let values: [String]

    /// Makes an axis from the name of a field and its values.
    public init(name: String, values: [String]) {
      self.name = name
      self.values = values
    }
  }

  /// One cell of the grid.
  public struct Cell: Hashable, Sendable {
    /// What a cell shows.
    public enum Content: Hashable, Sendable {
      /// The path of an image file.
      case picture(FilePath)
      /// Why there is none.
      case reason(String)
    }

    /// What the cell shows.
    public let content: Content
    /// One line below it.
    public let caption: String

    /// Makes a cell with its caption.
    public init(_ content: Content, caption: String) {
      self.content = content
      self.caption = caption
    }
  }

  /// The title above the grid.
  public let title: String
  /// What all of them have in common.
  public let subtitle: String
  /// Nil where one field alone was varied: its values then stand below their images, which wrap.
  public let rows: Axis?
  /// The field that varies from left to right.
  public let columns: Axis
  /// Row by row, as many as the axes have places.
  public let cells: [Cell]

  /// Makes a sheet; `cells` go row by row.
  public init(title: String, subtitle: String, rows: Axis?, columns: Axis, cells: [Cell]) {
    self.title = title
    self.subtitle = subtitle
    self.rows = rows
    self.columns = columns
    self.cells = cells
  }

  /// Whether this machine can draw labels, to be asked before work begins whose sheet is wanted.
  ///
  /// - Throws: `ExportError.noText`.
  public static func check() throws(ExportError) { _ = try TextEngine() }

  /// Draws the page. Images are made smaller where there are so many that it would grow too large.
  ///
  /// - Throws: `ExportError.noText`.
  public func render() throws(ExportError) -> Pixels {
    let painter = VariationPainter(self, text: try TextEngine())
    guard let page = painter.page() else { throw .noText(.failed(detail: "the page is empty")) }
    return page
  }
}
