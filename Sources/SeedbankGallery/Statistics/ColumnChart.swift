/// Columns for months, with round axis values.
struct ColumnChart {
  let values: [Double]
  /// `2026-11`, one for each value.
  let names: [String]
  let scale: Scale
  let format: (Double) -> String

  private static let height = 220
  private static let bottom = 28
  private static let top = 10
  /// The number of month labels in a wide and in a narrow window.
  private static let labelsInWide = 10
  private static let labelsInNarrow = 3

  private var plotHeight: Double { Double(Self.height - Self.bottom - Self.top) }
  /// The width of a column and its gap, in percent.
  private var pitch: Double { 100 / Double(max(values.count, 1)) }

  /// The axis and the columns are two images.
  ///
  /// The columns stretch with the window; the text keeps its size.
  var html: String {
    """
    <div class="chart">
    <svg class="marks" height="\(Self.height)" aria-hidden="true">
    \(scale.marks.map(mark).joined(separator: "\n"))
    </svg>
    <svg class="columns" height="\(Self.height)" role="img" aria-label="\(Markup.escaped(summary))">
    \(scale.marks.map(line).joined(separator: "\n"))
    \(values.indices.map(column).joined(separator: "\n"))
    </svg>
    </div>
    """
  }

  private var summary: String {
    guard let first = names.first, let last = names.last else { return "" }
    return "\(first) to \(last), at most \(format(values.max() ?? 0)) a month"
  }

  private func mark(_ value: Double) -> String {
    """
    <text x="100%" dx="-8" y="\(place(value))" dy="0.35em" class="end">\(Markup.escaped(format(value)))</text>
    """
  }

  private func line(_ value: Double) -> String {
    let y = place(value)
    return "<line x1=\"0\" x2=\"100%\" y1=\"\(y)\" y2=\"\(y)\"/>"
  }

  private func column(_ index: Int) -> String {
    // A single month is not as wide as the chart.
    let width = min(pitch * 0.72, 6)
    let middle = pitch * (Double(index) + 0.5)
    let y = place(values[index])
    let height = tenth(Double(Self.height - Self.bottom) - y)
    let name = Markup.escaped(names[index])
    var text = """
      <g><title>\(name): \(Markup.escaped(format(values[index])))</title>\
      <rect x="\(tenth(middle - width / 2))%" y="\(y)" width="\(tenth(width))%" height="\(height)" rx="2"/></g>
      """
    if let kind = label(index) {
      text += """
        <text x="\(tenth(middle))%" y="\(Self.height - 8)" class="\(kind)">\(name)</text>
        """
    }
    return text
  }

  /// The class of a month's label, counted from the newest: `middle` is always shown, `middle wide` only
  /// in a wide window.
  private func label(_ index: Int) -> String? {
    let age = values.count - 1 - index
    func every(_ labels: Int) -> Int { max((values.count + labels - 1) / labels, 1) }
    // The labels of a narrow window are a part of those of a wide one.
    let inWide = every(Self.labelsInWide)
    let inNarrow = (every(Self.labelsInNarrow) + inWide - 1) / inWide * inWide
    if age.isMultiple(of: inNarrow) { return "middle" }
    return age.isMultiple(of: inWide) ? "middle wide-only" : nil
  }

  private func place(_ value: Double) -> Double {
    tenth(Double(Self.top) + plotHeight * (1 - value / scale.top))
  }

  private func tenth(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}
