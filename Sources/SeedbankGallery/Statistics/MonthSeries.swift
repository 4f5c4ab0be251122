import SeedbankStorage

/// The months of a library without gaps, the last three years at most, drawn as columns.
struct MonthSeries {
  static let longest = 36

  let months: [(name: String, group: LibraryStatistics.Group?)]

  /// - Parameter groups: with names like `2026-11`, oldest first; others are left out.
  init(_ groups: [LibraryStatistics.Group]) {
    let numbered = groups.compactMap { group in Self.number(group.name).map { ($0, group) } }
    let byNumber = Dictionary(numbered) { first, _ in first }
    guard let last = byNumber.keys.max(), let first = byNumber.keys.min() else {
      months = []
      return
    }
    months = (max(first, last - Self.longest + 1)...last).map { number in
      let month = number % 12 + 1
      return ("\(number / 12)-\(month < 10 ? "0" : "")\(month)", byNumber[number])
    }
  }

  private static func number(_ name: String) -> Int? {
    let parts = name.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 2, (1970...9999).contains(parts[0]), (1...12).contains(parts[1]) else {
      return nil
    }
    return parts[0] * 12 + parts[1] - 1
  }

  /// A section with one column for each month; empty if all values are 0.
  func chart(
    _ title: String, kind: String, format: @escaping (Double) -> String = Quantity.short,
    _ value: (LibraryStatistics.Group) -> Double
  ) -> String {
    let values = months.map { $0.group.map(value) ?? 0 }
    guard let largest = values.max(), largest > 0 else { return "" }
    let columns = ColumnChart(
      values: values, names: months.map(\.name), scale: Scale(upTo: largest), format: format)
    return """
      <section class="wide \(kind)">
      <h2>\(Markup.escaped(title))</h2>
      \(columns.html)
      </section>
      """
  }
}

/// Round axis values from 0 to slightly above the largest value.
struct Scale: Equatable {
  let marks: [Double]
  var top: Double { marks.last ?? 1 }

  /// - Parameter largest: above 0.
  init(upTo largest: Double) {
    var unit = 1.0
    while unit * 10 <= largest / 4 { unit *= 10 }
    // The labels are whole numbers, because they count generations.
    let step = [1, 2, 5, 10].map { $0 * unit }.first { $0 * 4 >= largest } ?? 10 * unit
    let count = max(Int((largest / step).rounded(.up)), 1)
    marks = (0...count).map { Double($0) * step }
  }
}
