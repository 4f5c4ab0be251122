/// Formats file sizes, in powers of 1,000.
enum ByteCount {
  static func text(_ bytes: Int64) -> String {
    guard bytes >= 1000 else { return "\(bytes) B" }
    var value = Double(bytes)
    for unit in ["kB", "MB", "GB", "TB"] {
      value /= 1000
      // 999.95 would be shown as 1000.0 of a unit.
      if value < 999.95 || unit == "TB" {
        return value < 9.95 ? "\(tenths(value)) \(unit)" : "\(Int64(value.rounded())) \(unit)"
      }
    }
    return "\(bytes) B"
  }

  private static func tenths(_ value: Double) -> String {
    let scaled = Int64((value * 10).rounded())
    return "\(scaled / 10).\(scaled % 10)"
  }
}
