/// The application segments of other standards.
extension JPEGSegment {
  static let exifSignature: [UInt8] = Array("Exif\0\0".utf8)
  static let xmpSignature: [UInt8] = Array("http://ns.adobe.com/xap/1.0/\0".utf8)
  static let extendedXMPSignature: [UInt8] = Array("http://ns.adobe.com/xmp/extension/\0".utf8)
  static let photoshopSignature: [UInt8] = Array("Photoshop 3.0\0".utf8)

  /// APP0 with the JFIF header.
  func isJFIF(in bytes: UnsafeRawBufferPointer) -> Bool {
    marker == 0xE0 && bytes.matches(ascii: "JFIF\0", at: payload.lowerBound)
  }

  /// APP1 with an Exif block (CIPA DC-008, 4.7.2).
  func isExif(in bytes: UnsafeRawBufferPointer) -> Bool {
    marker == 0xE1 && payload.count >= Self.exifSignature.count
      && bytes.matches(Self.exifSignature, at: payload.lowerBound)
  }

  /// The TIFF structure inside an Exif segment.
  var exifBlock: Range<Int> {
    payload.lowerBound + Self.exifSignature.count..<payload.upperBound
  }

  /// APP1 with the main XMP packet (XMP specification part 3, 1.1.3).
  func isXMP(in bytes: UnsafeRawBufferPointer) -> Bool {
    marker == 0xE1 && payload.count >= Self.xmpSignature.count
      && bytes.matches(Self.xmpSignature, at: payload.lowerBound)
  }

  /// APP1 with a part of the extended XMP packet (part 3, 1.1.3.1).
  func isExtendedXMP(in bytes: UnsafeRawBufferPointer) -> Bool {
    marker == 0xE1 && payload.count >= Self.extendedXMPSignature.count
      && bytes.matches(Self.extendedXMPSignature, at: payload.lowerBound)
  }

  /// APP2 with a part of an ICC profile (ICC.1, annex B.4).
  func isColorProfile(in bytes: UnsafeRawBufferPointer) -> Bool {
    marker == 0xE2 && bytes.matches(ascii: "ICC_PROFILE\0", at: payload.lowerBound)
  }

  /// APP13 with Photoshop's resources, where IPTC IIM lives.
  func isPhotoshop(in bytes: UnsafeRawBufferPointer) -> Bool {
    marker == 0xED && bytes.matches(Self.photoshopSignature, at: payload.lowerBound)
  }

  /// APP11 with a JUMBF box, which carries C2PA (ISO 19566-5; C2PA 2.1, A.3.1).
  func isJUMBF(in bytes: UnsafeRawBufferPointer) -> Bool {
    marker == 0xEB && bytes.matches(ascii: "JP", at: payload.lowerBound)
      && bytes.matches(ascii: "jumb", at: payload.lowerBound + 12)
  }

  /// APP14, without which the colours of CMYK and RGB files are read wrong.
  func isAdobe(in bytes: UnsafeRawBufferPointer) -> Bool {
    marker == 0xEE && bytes.matches(ascii: "Adobe", at: payload.lowerBound)
  }

  /// A comment.
  var isComment: Bool { marker == 0xFE }
}
