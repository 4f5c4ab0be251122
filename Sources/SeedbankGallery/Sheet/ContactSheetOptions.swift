/// The options of contact sheets.
public struct ContactSheetOptions: Hashable, Sendable {
  /// File formats of a sheet.
  public enum Format: String, CaseIterable, Sendable {
    case jpeg, png
  }

  /// The file format of the sheets.
  public var format: Format = .jpeg
  /// Images per row, 1…20.
  public var columns = 5
  /// Rows on a page, 1…30.
  public var rows = 6
  /// Side of the square that an image is fitted into, in pixels, 64…1024.
  public var cell = 320
  /// Lines of the prompt under each image, 0…6; the line with id and seed comes before them.
  public var promptLines = 2

  /// Makes the default options.
  public init() {}
}
