/// One marker segment of a JPEG file: `FF`, the marker, its length, its payload.
struct JPEGSegment {
  let marker: UInt8
  /// The whole segment, from its `FF`, in offsets of the file.
  let range: Range<Int>
  /// The bytes after marker and length.
  let payload: Range<Int>

  /// SOF0 to SOF15, without DHT, JPG and DAC.
  var isFrameHeader: Bool {
    (0xC0...0xCF).contains(marker) && marker != 0xC4 && marker != 0xC8 && marker != 0xCC
  }
}

/// The marker segments of a JPEG file up to its first scan (ITU T.81, annex B).
struct JPEGLayout {
  private(set) var segments: [JPEGSegment] = []
  /// The offset of the first SOS segment; nil if the file ends or is damaged before it.
  private(set) var scanStart: Int?
  /// Whether reading stopped at the limit.
  private(set) var isOverlong = false

  static let startOfScan: UInt8 = 0xDA
  static let endOfImage: UInt8 = 0xD9

  init(_ bytes: UnsafeRawBufferPointer) {
    var offset = 2
    while let segment = Self.segment(at: &offset, in: bytes) {
      if segment.marker == Self.startOfScan {
        scanStart = segment.range.lowerBound
        return
      }
      if segment.marker == Self.endOfImage { return }
      segments.append(segment)
      isOverlong = segments.count >= ContainerLimit.parts
      if isOverlong { return }
      offset = segment.range.upperBound
    }
  }

  /// The segment at `offset`, which moves over fill bytes first (T.81, B.1.1.2).
  static func segment(at offset: inout Int, in bytes: UnsafeRawBufferPointer) -> JPEGSegment? {
    guard bytes.byte(at: offset) == 0xFF else { return nil }
    while bytes.byte(at: offset + 1) == 0xFF { offset += 1 }
    guard let marker = bytes.byte(at: offset + 1), marker != 0 else { return nil }
    if standsAlone(marker) {
      return JPEGSegment(
        marker: marker, range: offset..<offset + 2, payload: offset + 2..<offset + 2)
    }
    guard let length = bytes.bigEndian(at: offset + 2, bytes: 2), length >= 2,
      offset + 2 + length <= bytes.count
    else { return nil }
    return JPEGSegment(
      marker: marker, range: offset..<offset + 2 + length,
      payload: offset + 4..<offset + 2 + length)
  }

  /// TEM, RST0 to RST7, SOI and EOI have no length.
  private static func standsAlone(_ marker: UInt8) -> Bool {
    marker == 0x01 || (0xD0...0xD9).contains(marker)
  }
}
