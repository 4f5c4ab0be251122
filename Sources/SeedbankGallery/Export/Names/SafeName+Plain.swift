extension SafeName {
  /// The slug of a text whose beginning is ASCII; nil for others.
  ///
  /// Most names are ASCII, and Unicode properties of each character took longer than linking the
  /// file.
  static func plainSlug(_ value: String, limit: Int?) -> String? {
    let bytes = value.utf8
    let limit = limit ?? .max
    var slug: [UInt8] = []
    var isGap = false
    var index = bytes.startIndex
    while index < bytes.endIndex, slug.count < limit, slug.count <= 2 * longest {
      let byte = bytes[index]
      index = bytes.index(after: index)
      // A letter with a following mark is another letter.
      guard byte < 0x80, index == bytes.endIndex || bytes[index] < 0x80 else { return nil }
      guard isKept(byte) else {
        isGap = true
        continue
      }
      if isGap, !slug.isEmpty {
        guard slug.count + 2 <= limit else { break }
        slug.append(UInt8(ascii: "-"))
      }
      isGap = false
      slug.append(byte)
    }
    while let last = slug.last, "-._".utf8.contains(last) { slug.removeLast() }
    return String(decoding: slug, as: UTF8.self)
  }

  private static func isKept(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "+"), UInt8(ascii: "="), UInt8(ascii: "@"):
      true
    default: false
    }
  }
}
