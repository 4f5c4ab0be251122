/// Reads the name of an ICC profile.
enum ICCName {
  /// The text of the `desc` tag (ICC.1:2022, 9.2.41), of version 2 (`desc`) and of version 4 (`mluc`,
  /// its first language); nil if there is none.
  static func read(_ profile: UnsafeRawBufferPointer) -> String? {
    guard let count = profile.bigEndian(at: 128, bytes: 4) else { return nil }
    for tag in 0..<min(count, 100) {
      let entry = 132 + 12 * tag
      guard profile.matches(ascii: "desc", at: entry) else { continue }
      guard let start = profile.bigEndian(at: entry + 4, bytes: 4),
        let length = profile.bigEndian(at: entry + 8, bytes: 4),
        let text = profile.part(start..<start + length).flatMap(text)
      else { return nil }
      let printable = String(String.UnicodeScalarView(text.unicodeScalars.filter(isPrintable)))
      return printable.isEmpty ? nil : String(printable.prefix(60))
    }
    return nil
  }

  private static func text(_ element: UnsafeRawBufferPointer) -> String? {
    if element.matches(ascii: "desc", at: 0), let length = element.bigEndian(at: 8, bytes: 4) {
      return element.part(12..<12 + length).map { String(decoding: $0, as: UTF8.self) }
    }
    guard element.matches(ascii: "mluc", at: 0),
      let length = element.bigEndian(at: 20, bytes: 4),
      let start = element.bigEndian(at: 24, bytes: 4),
      let units = element.part(start..<start + length)
    else { return nil }
    let codes = stride(from: 0, to: units.count - 1, by: 2).map {
      UInt16(units[$0]) << 8 | UInt16(units[$0 + 1])
    }
    return String(decoding: codes, as: UTF16.self)
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      false
    default: true
    }
  }
}
