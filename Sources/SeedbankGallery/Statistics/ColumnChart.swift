/// Columns over months as SVG, with round marks at the side.
struct ColumnChart {
  let values: [Double]
  /// `2026-11`, one for each value.
  let names: [String]
  let scale: Scale
  let format: (Double) -> String

  private static let width = 860
  private static let height = 220
  private static let left = 64
  /// Half of the last label.
  private static let right = 22
  private static let bottom = 28
  private static let top = 10

  private var plotHeight: Double { Double(Self.height - Self.bottom - Self.top) }
  private var pitch: Double {
    Double(Self.width - Self.left - Self.right) / Double(max(values.count, 1))
  }

  var svg: String {
    """
    <svg viewBox="0 0 \(Self.width) \(Self.height)" role="img">
    \(scale.marks.map(mark).joined(separator: "\n"))
    \(values.indices.map(column).joined(separator: "\n"))
    </svg>
    """
  }

  private func mark(_ value: Double) -> String {
    let y = place(value)
    return """
      <line x1="\(Self.left)" x2="\(Self.width)" y1="\(y)" y2="\(y)"/>\
      <text x="\(Self.left - 8)" y="\(y)" dy="0.35em" class="end">\(Markup.escaped(format(value)))</text>
      """
  }

  private func column(_ index: Int) -> String {
    // A single month is no slab across the page.
    let width = min(pitch * 0.72, 48)
    let middle = Double(Self.left) + pitch * (Double(index) + 0.5)
    let y = place(values[index])
    let height = tenth(Double(Self.height - Self.bottom) - y)
    let name = Markup.escaped(names[index])
    var text = """
      <g><title>\(name): \(Markup.escaped(format(values[index])))</title>\
      <rect x="\(tenth(middle - width / 2))" y="\(y)" width="\(tenth(width))" height="\(height)" rx="2"/></g>
      """
    if isLabelled(index) {
      text += """
        <text x="\(tenth(middle))" y="\(Self.height - 8)" class="middle">\(name)</text>
        """
    }
    return text
  }

  /// As many labels as have room, counted from the newest.
  private func isLabelled(_ index: Int) -> Bool {
    let every = max(Int((68 / pitch).rounded(.up)), 1)
    return (values.count - 1 - index).isMultiple(of: every)
  }

  private func place(_ value: Double) -> Double {
    tenth(Double(Self.top) + plotHeight * (1 - value / scale.top))
  }

  private func tenth(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}
