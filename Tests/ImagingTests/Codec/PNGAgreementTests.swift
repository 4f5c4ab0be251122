import CImageCodecs
import TestRandomness
import Testing

@testable import SeedbankImaging

/// Two decoders read PNG: one for intact RGB and RGBA files, and libpng for all others.
struct PNGAgreementTests {
  /// A file of random rows with random filters, in several IDAT chunks, with a text between others.
  private func file(
    _ width: Int, _ height: Int, channels: Int, filters: ClosedRange<UInt8> = 0...4,
    _ random: inout SeededGenerator
  ) -> [UInt8] {
    let raw = (0..<height).flatMap { _ in
      [UInt8.random(in: filters, using: &random)]
        + (0..<width * channels).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
    let data = compressed(raw)
    let cuts = [0, Int.random(in: 0...data.count, using: &random), data.count]
    var png = PNGBuilder()
    png.header(width, height, depth: 8, color: channels == 4 ? 6 : 2)
    png.chunk("tEXt", Array("Title\0x".utf8))
    for (start, end) in zip(cuts, cuts.dropFirst()) { png.chunk("IDAT", Array(data[start..<end])) }
    png.chunk("tIME", [0x07, 0xEA, 1, 2, 3, 4, 5])
    png.end()
    return png.bytes
  }

  private func pixels(
    _ file: [UInt8], _ width: Int, _ height: Int, _ channels: Int, byLibpng: Bool
  ) -> (outcome: sb_outcome, pixels: [UInt8]) {
    let count = width * height * channels
    var pixels = [UInt8](repeating: 0, count: count + height)
    let decode = byLibpng ? sb_png_decode_by_libpng : sb_png_decode
    let outcome = decode(
      file, file.count, UInt32(width), UInt32(height), Int32(channels), &pixels, pixels.count)
    return (outcome, Array(pixels[..<count]))
  }

  /// Recomputes the checksums of all chunks, as far as their lengths make sense.
  private func withChecksums(_ file: [UInt8]) -> [UInt8] {
    var file = file
    var start = 8
    while start + 12 <= file.count {
      let length = file[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
      guard length <= file.count - start - 12 else { break }
      let sum = sb_crc32(0, Array(file[start + 4..<start + 8 + length]), length + 4)
      file.replaceSubrange(
        start + 8 + length..<start + 12 + length, with: Int(sum).bigEndianBytes(4))
      start += length + 12
    }
    return file
  }

  @Test("both decoders read the same pixels, with every filter and with one", arguments: [3, 4])
  func intact(channels: Int) {
    var random = SeededGenerator(seed: UInt64(channels))
    for (width, height) in [(1, 1), (1, 9), (7, 5), (40, 33)] {
      for filters in [0...4, 0...0, 1...1, 2...2, 3...3, 4...4] as [ClosedRange<UInt8>] {
        let file = file(width, height, channels: channels, filters: filters, &random)
        let (ours, theirs) = (
          pixels(file, width, height, channels, byLibpng: false),
          pixels(file, width, height, channels, byLibpng: true)
        )
        #expect(ours.outcome.status == SB_OK && theirs.outcome.status == SB_OK)
        #expect(ours.pixels == theirs.pixels, "\(width) × \(height), \(filters)")
      }
    }
  }

  /// A zlib stream of blocks without compression.
  private func stored(_ raw: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    for start in stride(from: 0, to: raw.count, by: 65_535) {
      let block = raw[start...].prefix(65_535)
      let length = [UInt8(block.count & 0xFF), UInt8(block.count >> 8)]
      stream += [start + block.count == raw.count ? 1 : 0] + length + length.map { ~$0 } + block
    }
    var (a, b) = (1, 0)
    for byte in raw {
      a = (a + Int(byte)) % 65_521
      b = (b + a) % 65_521
    }
    return stream + (b << 16 | a).bigEndianBytes(4)
  }

  @Test("a file without compression in one chunk does not need libpng")
  func storedRows() {
    var random = SeededGenerator(seed: 31)
    let raw = (0..<200).flatMap { _ in
      [UInt8(0)] + (0..<600).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
    var png = PNGBuilder()
    png.header(200, 200, depth: 8, color: 2)
    png.chunk("IDAT", stored(raw))
    png.end()
    var ours = [UInt8](repeating: 0, count: 200 * 600)
    // Blocks of one pixel.
    #expect(sb_png_decode_means(png.bytes, png.bytes.count, 200, 200, 1, 1, &ours) == 1)
    #expect(ours == pixels(png.bytes, 200, 200, 3, byLibpng: true).pixels)
  }

  @Test("the means of blocks are those of the pixels that libpng reads")
  func means() {
    var random = SeededGenerator(seed: 12)
    for (across, down) in [(1, 2), (2, 1), (2, 2), (3, 3), (4, 4), (5, 7)] {
      let (width, height) = (across * 9, down * 5)
      let file = file(width, height, channels: 3, &random)
      let whole = pixels(file, width, height, 3, byLibpng: true).pixels
      var expected = [UInt8](repeating: 0, count: 9 * 5 * 3)
      var means = expected
      sb_block_means(whole, 9, 5, across, down, 3, &expected)
      let isDone = sb_png_decode_means(
        file, file.count, UInt32(width), UInt32(height), UInt32(across), UInt32(down), &means)
      #expect(isDone == 1 && means == expected, "\(across) × \(down)")
    }
  }

  @Test("both decoders refuse the same damaged files, also with right checksums")
  func damaged() {
    var random = SeededGenerator(seed: 99)
    var accepted = 0
    for round in 0..<2000 {
      let channels = 3 + round % 2
      var file = file(6, 5, channels: channels, &random)
      // Not the header, because the caller reads it first and checks its size.
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        file[Int.random(in: 33..<file.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      if round.isMultiple(of: 5) {
        file = Array(file.prefix(Int.random(in: 33...file.count, using: &random)))
      }
      if !round.isMultiple(of: 3) { file = withChecksums(file) }
      let (ours, theirs) = (
        pixels(file, 6, 5, channels, byLibpng: false), pixels(file, 6, 5, channels, byLibpng: true)
      )
      #expect(ours.outcome.status == theirs.outcome.status)
      if channels == 3 {
        var means = [UInt8](repeating: 0, count: 3 * 5 * 3)
        let isDone = sb_png_decode_means(file, file.count, 6, 5, 2, 1, &means)
        #expect(isDone == 0 || theirs.outcome.status == SB_OK)
      }
      guard ours.outcome.status == SB_OK else { continue }
      accepted += 1
      #expect(ours.pixels == theirs.pixels)
    }
    #expect(accepted > 100)
  }

  @Test("data that refers back beyond the window of its header is refused")
  func window() {
    // Random rows that repeat after 3,600 bytes. Their header says 256 bytes.
    var random = SeededGenerator(seed: 5)
    let rows = (0..<12).flatMap { _ in
      [UInt8(0)] + (0..<300).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
    var data = compressed(rows + rows)
    func file() -> [UInt8] {
      var png = PNGBuilder()
      png.header(100, 24, depth: 8, color: 2)
      png.chunk("IDAT", data)
      png.end()
      return png.bytes
    }
    #expect(pixels(file(), 100, 24, 3, byLibpng: false).outcome.status == SB_OK)
    // Method 8 with a window of 256 bytes, and the bits that make the header a multiple of 31.
    (data[0], data[1]) = (0x08, 0x1D)
    let (ours, theirs) = (
      pixels(file(), 100, 24, 3, byLibpng: false), pixels(file(), 100, 24, 3, byLibpng: true)
    )
    #expect(ours.outcome.status == theirs.outcome.status && ours.outcome.status != SB_OK)
  }
}
