import Testing

@testable import SeedbankImaging

/// Tests of the color data of files, with only the parts that the reader uses.
struct ColorProfileTests {
  /// Returns an ICC profile of version 2 or 4 that contains only a name.
  static func profile(_ name: String, version: Int = 2) -> [UInt8] {
    let text: [UInt8]
    if version == 2 {
      text =
        Array("desc".utf8) + [0, 0, 0, 0] + (name.utf8.count + 1).bigEndianBytes(4)
        + Array(name.utf8) + [0]
    } else {
      let units = name.utf16.flatMap { Int($0).bigEndianBytes(2) }
      text =
        Array("mluc".utf8) + [0, 0, 0, 0] + 1.bigEndianBytes(4) + 12.bigEndianBytes(4)
        + Array("enUS".utf8) + units.count.bigEndianBytes(4) + 28.bigEndianBytes(4) + units
    }
    let table =
      1.bigEndianBytes(4) + Array("desc".utf8) + 144.bigEndianBytes(4)
      + text.count.bigEndianBytes(4)
    return [UInt8](repeating: 0, count: 128) + table + text
  }

  private let scene = Scene.make(1, width: 24, height: 16)

  private func png(_ chunks: [(String, [UInt8])], depth: UInt8 = 8) -> [UInt8] {
    var png = PNGBuilder()
    png.header(1, 1, depth: depth, color: 2)
    for (kind, payload) in chunks { png.chunk(kind, payload) }
    png.pixels([0] + [UInt8](repeating: 90, count: depth == 16 ? 6 : 3))
    png.end()
    return png.bytes
  }

  @Test("a profile is read out of all three formats, with its name", arguments: [2, 4])
  func embedded(version: Int) throws {
    let profile = Self.profile("Display P3 猫", version: version)
    let half = profile.count / 2
    let parts = [(2, Array(profile[half...])), (1, Array(profile[..<half]))]
    let jpeg = try scene.encoded(as: .jpeg(quality: 90))
    let segments = parts.flatMap { part -> [UInt8] in
      let head: [UInt8] = [0xFF, 0xE2] + (part.1.count + 16).bigEndianBytes(2)
      return head + Array("ICC_PROFILE\0".utf8) + [UInt8(part.0), 2] + part.1
    }
    let withProfile = Array(jpeg.prefix(2)) + segments + Array(jpeg.dropFirst(2))
    let read = try #require(try Picture.decode(withProfile).colorProfile)
    #expect(read.bytes == profile && read.name == "Display P3 猫")
    let compressed = Array("a name\0\0".utf8) + compressed(profile)
    #expect(try Picture.decode(png([("iCCP", compressed)])).colorProfile == read)
    let webp = try scene.encoded(as: .losslessWebP)
    let canvas = WebPExtendedHeader(width: 24, height: 16, flags: WebPFlags.colorProfile).chunk
    var body = Array("WEBP".utf8) + canvas + Array("ICCP".utf8)
    body += profile.count.littleEndianBytes(4) + profile
    body += [UInt8](repeating: 0, count: profile.count % 2) + webp.dropFirst(12)
    let file = Array("RIFF".utf8) + body.count.littleEndianBytes(4) + body
    #expect(try Picture.decode(file).colorProfile == read)
  }

  @Test("PNG chunks that mean sRGB do not count as a profile, and others do")
  func wordsOfPNG() throws {
    let sRGB: (String, [UInt8]) = ("sRGB", [0])
    let gamma: (String, [UInt8]) = ("gAMA", 45455.bigEndianBytes(4))
    let other: (String, [UInt8]) = ("gAMA", 100_000.bigEndianBytes(4))
    for chunks in [[], [sRGB], [gamma], [sRGB, other], [("cICP", [1, 13, 0, 1]), other]] {
      #expect(try ColorProfile.read(png(chunks)) == nil)
    }
    #expect(try ColorProfile.read(png([other]))?.name == "PNG gamma and primaries")
    #expect(try ColorProfile.read(png([("cICP", [9, 16, 0, 1])]))?.name == "cICP 9/16/0/1")
    #expect(try ColorProfile.read(png([("iCCP", Array("x\0\0junk".utf8))])) == nil)
  }

  @Test("names are cut, and characters that a terminal must not receive are removed")
  func names() {
    let long = String(repeating: "x", count: 100)
    #expect(ColorProfile(icc: Self.profile("a\u{1B}[31mb\u{202E}"))?.name == "a[31mb")
    #expect(ColorProfile(icc: Self.profile(long))?.name?.count == 60)
    #expect(ColorProfile(icc: [1, 2, 3])?.name == nil)
    #expect(ColorProfile(icc: []) == nil)
  }

  @Test("a profile cut anywhere, or with a length of any size, is only a profile without a name")
  func damaged() {
    let profile = Self.profile("P3", version: 4)
    for length in 1..<profile.count {
      #expect(ColorProfile(icc: Array(profile.prefix(length)))?.name == nil)
    }
    for offset in 128..<profile.count {
      var changed = profile
      changed[offset] = 0xFF
      _ = ColorProfile(icc: changed)
    }
  }

  @Test(
    "a verdict states that profiles differ, and that 16 bits and animations were compared only in part"
  )
  func caveats() throws {
    let plain = try Picture.decode(png([]))
    let wide = try Picture.decode(png([("cICP", [9, 16, 0, 1])]))
    let verdict = Verdict.compare(plain, wide)
    #expect(verdict.kind == .identicalPixels)
    #expect(verdict.caveats == [.colorProfiles(original: nil, reproduction: "cICP 9/16/0/1")])
    #expect(Verdict.compare(plain, plain).caveats.isEmpty)
    #expect(Verdict.compare(wide, wide).caveats.isEmpty)

    let deep = try Picture.decode(png([], depth: 16))
    #expect(deep.header.bitDepth == 16 && plain.header.bitDepth == 8)
    let measured = Verdict.compare(deep, deep)
    #expect(measured.caveats == [.bitDepth] && measured.kind == .visuallyIdentical)

    let animation = try Picture.decode(Fixtures.animatedWebP)
    #expect(Verdict.compare(animation, animation).caveats == [.firstFrame])
  }
}
