public import SeedbankImaging

/// Two images and their difference side by side, with names above.
public struct LabeledComparison: Sendable {
  /// The name of the first image.
  public let original: String
  /// The name of the second image.
  public let other: String

  /// Makes a comparison with these names above the panels.
  public init(original: String, other: String) {
    self.original = original
    self.other = other
  }

  /// The minimum width of a panel for its label.
  static let narrowestCell = 160
  static let margin = 8

  /// Draws the sheet.
  ///
  /// The second image is resized to the first.
  ///
  /// - Throws: `ExportError.noText` if labels cannot be drawn on this computer.
  public func render(original first: Pixels, other second: Pixels) throws(ExportError) -> Pixels {
    let text = try TextEngine()
    let panels = ComparisonSheet.panels(original: first, reproduction: second)
    let (width, height) = (panels[0].width, panels[0].height)
    let cell = max(width, Self.narrowestCell)
    let size = min(max(cell / 40, 13), 32)
    let head = size * 4 / 3 + 2 * Self.margin
    let gap = ComparisonSheet.gap
    var canvas = SheetCanvas(width: 3 * cell + 2 * gap, height: height + head)
    let wrapping = TextWrapping { text.width($0, size: size) }
    for (index, (panel, label)) in zip(panels, labels).enumerated() {
      let x = index * (cell + gap)
      canvas.put(panel, x: x, y: head)
      var strip = TextStrip(width: cell - Self.margin, height: size * 4 / 3)
      text.draw(
        wrapping.shortened(label, Double(cell - 2 * Self.margin)), size: size, into: &strip)
      canvas.ink(strip, x: x + Self.margin, y: Self.margin, grey: 16)
    }
    guard let sheet = canvas.cropped(height: canvas.height) else {
      throw .noText(.failed(detail: "the sheet is empty"))
    }
    return sheet
  }

  private var labels: [String] {
    [original, other, "difference, \(ComparisonSheet.amplification) times enlarged"]
  }
}
