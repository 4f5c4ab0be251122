import Testing

@testable import SeedbankImaging

/// Files of every kind that metadata is written into, some with metadata of other programs.
enum MetadataFiles {
  static func plain(_ encoding: ImageEncoding, alpha: Bool = false) throws -> [UInt8] {
    let scene = alpha ? Scene.withAlpha(7) : Scene.make(7, width: 40, height: 30)
    return try scene.encoded(as: encoding)
  }

  static func all() throws -> [(name: String, bytes: [UInt8])] {
    [
      ("jpeg", try plain(.jpeg(quality: 90))), ("png", try plain(.png())),
      ("png with alpha", try plain(.png(), alpha: true)),
      ("webp", try plain(.webp(quality: 80))),
      ("webp with alpha", try plain(.webp(quality: 80), alpha: true)),
      ("lossless webp", try plain(.losslessWebP)),
      ("lossless webp with alpha", try plain(.losslessWebP, alpha: true)),
      ("progressive jpeg", Fixtures.progressiveJPEG), ("animation", Fixtures.animatedWebP),
      ("foreign jpeg", try foreignJPEG()), ("foreign png", try foreignPNG()),
      ("foreign webp", try foreignWebP()),
    ]
  }

  /// Exif data of a camera.
  ///
  /// It is little-endian and has a make, an Exif directory with an exposure time, and a value at a
  /// fixed offset, as in maker notes.
  static let cameraExif: [UInt8] = {
    var block: [UInt8] = Array("II*\0".utf8) + [8, 0, 0, 0]
    // Three entries: make at 50, orientation 6, the Exif directory at 56.
    block += [3, 0]
    block += [0x0F, 1, 2, 0, 6, 0, 0, 0, 50, 0, 0, 0]
    block += [0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0]
    block += [0x69, 0x87, 4, 0, 1, 0, 0, 0, 56, 0, 0, 0]
    block += [0, 0, 0, 0]
    block += Array("ACME5\0".utf8)
    block += [1, 0, 0x9A, 0x82, 5, 0, 1, 0, 0, 0, 74, 0, 0, 0, 0, 0, 0, 0]
    block += [1, 0, 0, 0, 60, 0, 0, 0]
    return block
  }()

  static let foreignPacket = """
    <?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>
    <x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Somebody's Core 1.0">
     <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
      <rdf:Description rdf:about="" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
        xmlns:xap="http://ns.adobe.com/xap/1.0/" xap:Rating="2" photoshop:City="Zürich">
       <photoshop:Headline>Kept &amp; quoted</photoshop:Headline>
      </rdf:Description>
     </rdf:RDF>
    </x:xmpmeta>
    <?xpacket end="w"?>
    """

  static func foreignJPEG() throws -> [UInt8] {
    let file = try plain(.jpeg(quality: 90))
    let jfif = try #require(file.withUnsafeBytes { JPEGLayout($0) }.segments.first).range.upperBound
    let segments =
      JPEGMetadata.segment(0xE1, JPEGSegment.exifSignature + cameraExif)
      + JPEGMetadata.segment(0xE1, JPEGSegment.xmpSignature + Array(foreignPacket.utf8))
      + JPEGMetadata.segment(0xED, JPEGSegment.photoshopSignature + iptc)
      + JPEGMetadata.segment(0xE5, Array("unknown to all".utf8))
      + JPEGMetadata.segment(0xFE, Array("a comment".utf8))
    return Array(file[..<jfif]) + segments + Array(file[jfif...])
  }

  /// An IPTC resource block with a caption and two keywords.
  private static let iptc: [UInt8] = {
    func dataset(_ number: UInt8, _ text: String) -> [UInt8] {
      [0x1C, 2, number] + text.utf8.count.bigEndianBytes(2) + Array(text.utf8)
    }
    let record = dataset(120, "Eine Katze") + dataset(25, "cat") + dataset(25, "sofa")
    return Array("8BIM".utf8) + [4, 4, 0, 0] + record.count.bigEndianBytes(4) + record
      + [UInt8](repeating: 0, count: record.count % 2)
  }()

  static func foreignPNG() throws -> [UInt8] {
    let file = try plain(.png())
    var early = PNGBuilder(bytes: [])
    early.chunk("tEXt", Array("Software\0Somebody's".utf8))
    early.chunk("zTXt", Array("Comment\0\0".utf8) + compressed(Array("deflated".utf8)))
    early.chunk("iTXt", Array("XML:com.adobe.xmp\0\0\0\0\0".utf8) + Array(foreignPacket.utf8))
    early.chunk("eXIf", cameraExif)
    early.chunk("prVt", [1, 2, 3])
    early.chunk("tEXt", Array("parameters\0an older text".utf8))
    var late = PNGBuilder(bytes: [])
    late.chunk("tEXt", Array("parameters\0a second older text".utf8))
    late.chunk("tIME", [7, 0xEA, 11, 1, 12, 0, 0])
    return Array(file[..<33]) + early.bytes + Array(file[33..<file.count - 12]) + late.bytes
      + Array(file.suffix(12))
  }

  /// A WebP file that ends with a chunk of odd length, without the padding after it.
  ///
  /// - Parameter hasExif: whether this chunk is Exif data. Otherwise it is the only one.
  static func unpaddedWebP(hasExif: Bool) throws -> [UInt8] {
    let file = try plain(.webp(quality: 80))
    var body = Array("WEBP".utf8)
    var last = Array(file[12...])
    if hasExif {
      body += WebPExtendedHeader(width: 40, height: 30, flags: WebPFlags.exif).chunk
      body += last
      last = Array("EXIF".utf8) + cameraExif.count.littleEndianBytes(4) + cameraExif
    }
    // Decoders ignore a byte after the end of the content.
    if last.count.isMultiple(of: 2) { last.append(0) }
    body += last[..<4]
    body += (last.count - 8).littleEndianBytes(4)
    body += last[8...]
    return Array("RIFF".utf8) + body.count.littleEndianBytes(4) + body
  }

  static func foreignWebP() throws -> [UInt8] {
    let file = try plain(.webp(quality: 80))
    func chunk(_ name: String, _ payload: [UInt8]) -> [UInt8] {
      Array(name.utf8) + payload.count.littleEndianBytes(4) + payload
        + [UInt8](repeating: 0, count: payload.count % 2)
    }
    let header = WebPExtendedHeader(
      width: 40, height: 30, flags: WebPFlags.exif | WebPFlags.xmp)
    let body =
      Array("WEBP".utf8) + header.chunk + file[12...] + chunk("EXIF", cameraExif)
      + chunk("XMP ", Array(foreignPacket.utf8)) + chunk("ODDS", [1, 2, 3])
    return Array("RIFF".utf8) + body.count.littleEndianBytes(4) + body
  }
}
