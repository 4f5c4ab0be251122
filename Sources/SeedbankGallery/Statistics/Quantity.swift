/// Formats numbers for a page.
enum Quantity {
  /// `12,345`.
  static func count(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var text = number < 0 ? "−" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
      text.append(digit)
    }
    return text
  }

  /// `1 image file`, `12,345 image files`.
  static func counted(_ number: Int, _ one: String, _ many: String) -> String {
    "\(count(number)) \(number == 1 ? one : many)"
  }

  /// `950`, `1.2k`, `34M`.
  static func short(_ number: Double) -> String { scaled(number, ["", "k", "M", "G", "T"]) }

  /// `950 B`, `1.2 kB`, `34 MB`: powers of 1000.
  static func bytes(_ number: Int64) -> String { bytes(Double(number)) }

  static func bytes(_ number: Double) -> String {
    scaled(number, [" B", " kB", " MB", " GB", " TB"])
  }

  /// An amount of money in hundredths of its unit: `1,234.05`.
  static func money(hundredths: Double) -> String {
    let (whole, rest) = Int(hundredths.rounded()).quotientAndRemainder(dividingBy: 100)
    return "\(count(whole)).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// At most three digits, and a unit.
  private static func scaled(_ number: Double, _ units: [String]) -> String {
    var value = number
    var unit = 0
    // A value that rounds to 1000 of a unit is shown as 1 of the next.
    while value >= 999.5, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    let tenths = Int((value * 10).rounded())
    let hasTenth = unit > 0 && tenths < 100 && !tenths.isMultiple(of: 10)
    return (hasTenth ? "\(tenths / 10).\(tenths % 10)" : "\(Int(value.rounded()))") + units[unit]
  }
}
