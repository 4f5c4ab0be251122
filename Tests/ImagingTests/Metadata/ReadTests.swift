import TestRandomness
import Testing

@testable import SeedbankImaging

struct ReadTests {
  @Test("a comment in Exif is read in either byte order")
  func userCommentOrders() {
    for text in ["a cat, Steps: 20", "一只猫，坐在沙发上看着窗外的雨", "Привет, мир", "👩‍🚀🪐"] {
      let big = UserComment.encode(text)
      let swapped =
        UserComment.unicode
        + stride(from: 8, to: big.count, by: 2).flatMap { [big[$0 + 1], big[$0]] }
      #expect(UserComment.decode(big[...], bigEndianBlock: true) == text)
      #expect(UserComment.decode(swapped[...], bigEndianBlock: false) == text)
      if text.utf8.contains(0x20) {
        #expect(UserComment.decode(swapped[...], bigEndianBlock: true) == text)
      }
      let marked = UserComment.unicode + [0xFF, 0xFE] + swapped.dropFirst(8)
      #expect(UserComment.decode(marked[...], bigEndianBlock: true) == text)
    }
  }

  @Test("a comment in Exif without or with another prefix is read as it is meant")
  func userCommentPrefixes() {
    func read(_ bytes: [UInt8]) -> String? {
      UserComment.decode(bytes[...], bigEndianBlock: true)
    }
    #expect(read(Array("ASCII\0\0\0plain\0\0".utf8)) == "plain")
    #expect(read([UInt8](repeating: 0, count: 8) + Array("grün".utf8)) == "grün")
    #expect(read(Array("no prefix at all".utf8)) == "no prefix at all")
    #expect(read([0x41, 0x53, 0x43, 0x49, 0x49, 0, 0, 0, 0xFC]) == "ü")
    // Windows-1252, where 0x81 is undefined.
    #expect(read([UInt8](repeating: 0, count: 8) + [0x81, 0x61, 0x92]) == "\u{81}a\u{2019}")
    #expect(read(UserComment.unicode) == nil && read([]) == nil)
  }

  @Test("UTF-16 is recognized under a wrong prefix, without a prefix and in a comment")
  func unlabelledUTF16() throws {
    let text = "a café, 猫\nNegative prompt: fog\nSteps: 20, Seed: 5"
    let big = text.utf16.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    let little = text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
    for body in [big, little, [0xFE, 0xFF] + big, [0xFF, 0xFE] + little, big + [0, 0]] {
      for prefix in ["ASCII\0\0\0", "JIS\0\0\0\0\0", "\0\0\0\0\0\0\0\0", "Unicode\0", ""] {
        let value = Array(prefix.utf8) + body
        #expect(UserComment.decode(value[...], bigEndianBlock: false) == text, "\(prefix)")
      }
      #expect(ForeignText.decodeUnlabelled(body[...]) == text)
    }
    for plain in ["a\0b", "prompt:{}\0workflow:{}\0a longer text of bytes", "grün\0"] {
      let end = plain.hasSuffix("\0") ? String(plain.dropLast()) : plain
      #expect(ForeignText.decodeUnlabelled(Array(plain.utf8)[...]) == end)
    }
  }

  @Test("metadata of files of other programs is read completely")
  func foreign() throws {
    let jpeg = try MetadataDocument(MetadataFiles.foreignJPEG()).metadata
    #expect(jpeg.comments == ["a comment"] && jpeg.exif?.make == "ACME5")
    #expect(jpeg.iptc?.caption == "Eine Katze" && jpeg.iptc?.keywords == ["cat", "sofa"])
    #expect(jpeg.xmpPacket.rating == 2)
    let png = try MetadataDocument(MetadataFiles.foreignPNG()).metadata
    #expect(png.text("Software") == "Somebody's" && png.text("Comment") == "deflated")
    #expect(png.parameters == "an older text" && png.texts.count == 4)
    #expect(png.xmp == MetadataFiles.foreignPacket)
    let webp = try MetadataDocument(MetadataFiles.foreignWebP()).metadata
    #expect(webp.exif?.make == "ACME5" && webp.xmp == MetadataFiles.foreignPacket)
  }

  @Test("texts of other tools are found", .enabled(if: Samples.areThere, Samples.reason))
  func samples() throws {
    for name in Samples.all where !name.contains("bad_images") {
      let bytes = try Samples.bytes(name)
      let metadata = try MetadataDocument(bytes).metadata
      let hidden = StealthMetadata.read(try Picture.decode(bytes).stored)
      let found = metadata.texts.count + (metadata.parameters == nil ? 0 : 1)
      #expect(found > 0 || hidden != nil, "\(name)")
    }
    let stealth = try Picture.decode(Samples.bytes("AUTOMATIC1111/automatic1111_stealth.png"))
    #expect(StealthMetadata.read(stealth.stored)?.contains("Steps: ") == true)
    let jpeg = try MetadataDocument(Samples.bytes("AUTOMATIC1111/automatic1111_cropped.jpg"))
    #expect(jpeg.metadata.parameters?.contains("Steps: ") == true)
    let late = try MetadataDocument(Samples.bytes("bad_images/text_after_idat.png"))
    #expect(!late.metadata.texts.isEmpty)
  }

  @Test("many small compressed texts share one limit")
  func inflateBudget() throws {
    let bomb = compressed([UInt8](repeating: 65, count: 20 << 20))
    var png = PNGBuilder()
    png.header(1, 1, depth: 8, color: 0)
    for index in 0..<6 { png.chunk("zTXt", Array("k\(index)\0\0".utf8) + bomb) }
    png.pixels([0, 0])
    png.end()
    let sizes = try MetadataDocument(png.bytes).metadata.texts.reduce(0) { $0 + $1.text.utf8.count }
    #expect(sizes <= 64 << 20)
  }

  @Test("changed bytes never crash a reader, and an edit of them still decodes or throws")
  func mutations() throws {
    var random = SeededGenerator(seed: 61)
    let copies = RandomText.copies(&random)
    for (_, file) in try MetadataFiles.all() {
      let written = try MetadataDocument(file).embedding(copies).applied(to: file)
      for round in 0..<60 {
        var changed = written
        for _ in 0..<Int.random(in: 1...8, using: &random) {
          // Half of the rounds change only the start of the file, where most of its structure is.
          let reach = round % 2 == 0 ? min(changed.count, 400) : changed.count
          changed[Int.random(in: 0..<reach, using: &random)] = UInt8.random(
            in: 0...255, using: &random)
        }
        if round % 3 == 0 {
          changed.removeLast(Int.random(in: 0..<changed.count, using: &random))
        }
        guard let document = try? MetadataDocument(changed) else { continue }
        _ = document.metadata.xmpPacket
        if let edit = try? document.embedding(copies) { _ = edit.applied(to: changed) }
        if let edit = try? document.stripping() { _ = edit.applied(to: changed) }
      }
    }
  }
}
