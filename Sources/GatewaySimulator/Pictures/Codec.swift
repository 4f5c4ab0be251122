import CPNG
import CTurboJPEG
import CWebP

/// Encodes pixels as files.
enum Codec {
  enum Failure: Error { case jpeg, png, webp }

  static func file(_ picture: Picture, _ pixels: [UInt8]) throws(Failure) -> [UInt8] {
    var file: [UInt8]
    switch picture.format {
    case .jpeg: file = try jpeg(pixels, picture.size)
    case .png: file = try png(pixels, picture.size)
    case .webp: file = try webp(pixels, picture.size)
    }
    if picture.drift == .bytes { Remark.insert(picture.salt, into: &file, picture.format) }
    return file
  }

  private static func jpeg(_ pixels: [UInt8], _ size: PixelSize) throws(Failure) -> [UInt8] {
    guard let compressor = tjInitCompress() else { throw .jpeg }
    defer { tjDestroy(compressor) }
    var output: UnsafeMutablePointer<UInt8>?
    var length: UInt = 0
    defer { tjFree(output) }
    let status = tjCompress2(
      compressor, pixels, Int32(size.width), 0, Int32(size.height), Int32(TJPF_RGB.rawValue),
      &output, &length, Int32(TJSAMP_420.rawValue), 90, 0)
    guard status == 0, let output else { throw .jpeg }
    return Array(UnsafeBufferPointer(start: output, count: Int(length)))
  }

  private static func png(_ pixels: [UInt8], _ size: PixelSize) throws(Failure) -> [UInt8] {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    image.width = UInt32(size.width)
    image.height = UInt32(size.height)
    image.format = UInt32(PNG_FORMAT_FLAG_COLOR)
    image.flags = UInt32(PNG_IMAGE_FLAG_FAST)
    // The worst case of Deflate, the frames of chunks and the filter bytes: less than 1 %.
    let bound = pixels.count + pixels.count / 64 + size.height + 65_536
    var done = false
    let file = [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
      var length: png_alloc_size_t = png_alloc_size_t(bound)
      done = png_image_write_to_memory(&image, buffer.baseAddress, &length, 0, pixels, 0, nil) != 0
      count = done ? Int(length) : 0
    }
    guard done else { throw .png }
    return file
  }

  private static func webp(_ pixels: [UInt8], _ size: PixelSize) throws(Failure) -> [UInt8] {
    var output: UnsafeMutablePointer<UInt8>?
    defer { WebPFree(output) }
    let length = WebPEncodeRGB(
      pixels, Int32(size.width), Int32(size.height), Int32(size.width * 3), 85, &output)
    guard length > 0, let output else { throw .webp }
    return Array(UnsafeBufferPointer(start: output, count: Int(length)))
  }
}

/// A comment in a file: other bytes, but the same pixels.
enum Remark {
  static func insert(_ salt: Int, into file: inout [UInt8], _ format: PictureFormat) {
    let text = Array("take \(salt)".utf8)
    switch format {
    case .jpeg:
      // A COM segment directly after SOI.
      file.insert(contentsOf: [0xff, 0xfe, 0, UInt8(text.count + 2)] + text, at: 2)
    case .png:
      // A tEXt chunk directly after IHDR, which ends at byte 33.
      let body = Array("tEXtComment\0".utf8) + text
      let chunk = bigEndian(UInt32(body.count - 4)) + body + bigEndian(checksum(body))
      file.insert(contentsOf: chunk, at: 33)
    case .webp:
      // A chunk at the end, padded to an even length. RIFF counts it.
      let padding: [UInt8] = text.count % 2 == 0 ? [] : [0]
      file += Array("take".utf8) + bigEndian(UInt32(text.count)).reversed() + text + padding
      file.replaceSubrange(4..<8, with: bigEndian(UInt32(file.count - 8)).reversed())
    }
  }

  private static func bigEndian(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - $0 * 8)) }
  }

  /// CRC-32 of PNG (ISO 3309).
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(UInt32.max) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in
        sum & 1 == 1 ? sum >> 1 ^ 0xedb8_8320 : sum >> 1
      }
    }
  }
}
