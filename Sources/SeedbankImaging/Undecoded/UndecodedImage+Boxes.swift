// AVIF, HEIC and JPEG XL in the boxes of ISO/IEC 14496-12.

extension UndecodedImage {
  /// Brands of HEVC images, still and in sequences, and the general ones of the same container.
  private static let heicBrands: Set<String> = [
    "heic", "heix", "heim", "heis", "hevc", "hevx", "hevm", "hevs", "mif1", "msf1",
  ]

  /// The kind of a file with complete boxes.
  static func boxKind(_ bytes: UnsafeRawBufferPointer) -> Kind? {
    guard let kind = kind(ofFirstBoxIn: bytes) else { return nil }
    let names = wholeBoxes(bytes)
    let pixels = kind == .jxl ? ["jxlc", "jxlp"] : ["mdat", "idat"]
    let isWhole =
      names.contains { pixels.contains($0) } && (kind == .jxl || names.contains("meta"))
    return isWhole ? kind : nil
  }

  private static func kind(ofFirstBoxIn bytes: UnsafeRawBufferPointer) -> Kind? {
    if bytes.matches(ascii: "JXL ", at: 4) { return .jxl }
    guard bytes.matches(ascii: "ftyp", at: 4), let size = bytes.bigEndian(at: 0, bytes: 4),
      size >= 16, size <= 1024
    else { return nil }
    let brands = stride(from: 8, to: size - 3, by: 4).filter { $0 != 12 }.compactMap {
      bytes.part($0..<$0 + 4).map { String(decoding: $0, as: UTF8.self) }
    }
    if brands.contains(where: { $0 == "avif" || $0 == "avis" }) { return .avif }
    return brands.contains(where: heicBrands.contains) ? .heic : nil
  }

  /// The names of the top-level boxes, if all of them are complete; otherwise none.
  private static func wholeBoxes(_ bytes: UnsafeRawBufferPointer) -> Set<String> {
    var names: Set<String> = []
    var offset = 0
    while let box = Box(at: offset, in: bytes) {
      guard box.end <= bytes.count else { return [] }
      names.insert(box.name)
      offset = box.end
    }
    return names
  }

  /// Whether a file of boxes ends within one of them.
  ///
  /// The incomplete box may contain only metadata, which a decoder of pixels does not need.
  static func endsWithinBox(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.matches(ascii: "ftyp", at: 4) || bytes.matches(ascii: "JXL ", at: 4) else {
      return false
    }
    var offset = 0
    while let box = Box(at: offset, in: bytes) {
      guard box.end <= bytes.count else { return true }
      offset = box.end
    }
    return (1..<8).contains(bytes.count - offset)
  }

  private struct Box {
    let name: String
    let end: Int

    /// Nil at the end of the bytes and before data that is not a box.
    init?(at offset: Int, in bytes: UnsafeRawBufferPointer) {
      guard let size = bytes.bigEndian(at: offset, bytes: 4),
        let letters = bytes.part(offset + 4..<offset + 8),
        letters.allSatisfy({ (0x20...0x7E).contains($0) })
      else { return nil }
      name = String(decoding: letters, as: UTF8.self)
      switch size {
      case 0: end = bytes.count
      case 1:
        guard let high = bytes.bigEndian(at: offset + 8, bytes: 4),
          let low = bytes.bigEndian(at: offset + 12, bytes: 4), high == 0, low >= 16
        else { return nil }
        end = offset + low
      case 8...: end = offset + size
      default: return nil
      }
    }
  }
}
