public import FilePaths
public import SeedbankImaging

/// A page with a grid of requests.
///
/// The varied values are at its sides. Each cell contains an image, or the reason why there is
/// none.
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
  /// The common values.
  public let subtitle: String
  /// Nil if only one field was varied.
  ///
  /// Then its values are below the images, which are arranged in several rows.
  public let rows: Axis?
  /// The field that varies from left to right.
  public let columns: Axis
  /// Row by row, one for each combination of the axes.
  public let cells: [Cell]

  /// Makes a sheet; `cells` go row by row.
  public init(title: String, subtitle: String, rows: Axis?, columns: Axis, cells: [Cell]) {
    self.title = title
    self.subtitle = subtitle
    self.rows = rows
    self.columns = columns
    self.cells = cells
  }

  /// Checks that labels can be drawn, before requests are sent for a sheet.
  ///
  /// - Throws: `ExportError.noText`.
  public static func check() throws(ExportError) { _ = try TextEngine() }

  /// Draws the page.
  ///
  /// If there are many images, they are made smaller, so that the page is not too large.
  ///
  /// - Throws: `ExportError.noText`.
  public func render() throws(ExportError) -> Pixels {
    let painter = VariationPainter(self, text: try TextEngine())
    guard let page = painter.page() else { throw .noText(.failed(detail: "the page is empty")) }
    return page
  }
}
