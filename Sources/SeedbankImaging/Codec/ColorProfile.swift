public import FoundationEssentials

/// The colour data of a file that a viewer uses.
///
/// Pixels are never converted by it: a comparison of pixels must report if two profiles differ.
public struct ColorProfile: Equatable, Sendable {
  /// The name of the profile: printable, at most 60 characters; nil without a name.
  public let name: String?
  /// The ICC profile, or the equivalent values of PNG.
  let bytes: [UInt8]

  /// The profile of an image file; nil without one, for sRGB in PNG's own chunks, and for a profile that
  /// viewers cannot read.
  ///
  /// - Throws: `ImageError`, as `ImageHeader.read`.
  public static func read(_ bytes: some ContiguousBytes) throws(ImageError) -> ColorProfile? {
    try bytes.reading { (bytes) throws(ImageError) in
      let header = try ImageHeader.read(raw: bytes)
      return read(raw: bytes, header.format)
    }
  }

  static func read(raw bytes: UnsafeRawBufferPointer, _ format: ImageFormat) -> ColorProfile? {
    switch format {
    case .jpeg: jpeg(bytes)
    case .png: png(bytes)
    case .webp: webp(bytes)
    // Their libraries return pixels without it.
    case .gif, .avif, .heic, .jxl: nil
    }
  }

  init?(icc bytes: [UInt8]) {
    guard !bytes.isEmpty else { return nil }
    name = bytes.withUnsafeBytes { ICCName.read($0) }
    self.bytes = bytes
  }

  private init(name: String, values: [UInt8]) {
    self.name = name
    bytes = values
  }

  /// APP2 segments, each with its number and the total number (ICC.1:2022, annex B.4).
  private static func jpeg(_ bytes: UnsafeRawBufferPointer) -> ColorProfile? {
    let parts = JPEGLayout(bytes).segments.filter { $0.isColorProfile(in: bytes) }
      .compactMap { segment -> (number: UInt8, part: UnsafeRawBufferPointer)? in
        let start = segment.payload.lowerBound + 12
        guard let number = bytes.byte(at: start), start + 2 <= segment.payload.upperBound,
          let part = bytes.part(start + 2..<segment.payload.upperBound)
        else { return nil }
        return (number, part)
      }
    return ColorProfile(icc: parts.sorted { $0.number < $1.number }.flatMap { Array($0.part) })
  }

  private static func webp(_ bytes: UnsafeRawBufferPointer) -> ColorProfile? {
    WebPLayout(bytes).chunks.first { $0.type == .colorProfile }
      .flatMap { bytes.part($0.payload) }.flatMap { ColorProfile(icc: Array($0)) }
  }

  /// Of several chunks, the one with priority in PNG 3 (4.3): cICP, iCCP, sRGB, then gAMA and cHRM.
  private static func png(_ bytes: UnsafeRawBufferPointer) -> ColorProfile? {
    let chunks = PNGLayout(bytes).chunks.prefix { $0.type != .pixels }
    func payload(_ kind: PNGChunk.Kind) -> [UInt8]? {
      chunks.first { $0.type == kind }.flatMap { bytes.part($0.payload) }.map(Array.init)
    }
    if let codes = payload(.init("cICP")) {
      return codes == PNGColor.standardCodes
        ? nil
        : ColorProfile(name: "cICP " + codes.map(String.init).joined(separator: "/"), values: codes)
    }
    if let compressed = payload(.colorProfile) {
      var budget = InflateBudget()
      guard let name = compressed.firstIndex(of: 0), name + 2 <= compressed.count else {
        return nil
      }
      return budget.inflate(compressed[(name + 2)...]).flatMap { ColorProfile(icc: $0) }
    }
    if payload(.init("sRGB")) != nil { return nil }
    let gamma = payload(.init("gAMA")).flatMap { $0 == PNGColor.standardGamma ? nil : $0 } ?? []
    let primaries =
      payload(.init("cHRM")).flatMap { $0 == PNGColor.standardPrimaries ? nil : $0 } ?? []
    let values = gamma + primaries
    return values.isEmpty ? nil : ColorProfile(name: "PNG gamma and primaries", values: values)
  }
}

/// The values of sRGB in PNG (PNG 3, 11.3.2).
private enum PNGColor {
  /// cICP: primaries of BT.709, transfer of sRGB, RGB, full range.
  static let standardCodes: [UInt8] = [1, 13, 0, 1]
  /// 1/2.2 in 100,000ths.
  static let standardGamma = 45455.bigEndianBytes(4)
  /// White point, red, green, blue in 100,000ths.
  static let standardPrimaries = [31270, 32900, 64000, 33000, 30000, 60000, 15000, 6000]
    .flatMap { $0.bigEndianBytes(4) }
}
