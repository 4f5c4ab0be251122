import Foundation
import SeedbankImaging
import SeedbankStorage

@testable import SeedbankGallery

/// Image files, built byte by byte, with metadata in the places where other tools write it.
enum ForeignFile {
  static let pixels: Pixels? = Pixels(
    width: 8, height: 8, layout: .rgb, bytes: (0..<192).map { UInt8($0) })

  /// Returns a PNG file with these chunks before its pixels, and some after them.
  static func png(_ chunks: [[UInt8]], late: [[UInt8]] = []) throws -> [UInt8] {
    let plain = try pixels?.encoded(as: .png()) ?? []
    var file = Array(plain[..<33])
    file += chunks.joined()
    file += plain[33..<plain.count - 12]
    file += late.joined()
    file += plain.suffix(12)
    return file
  }

  /// Returns a JPEG file that starts with these segments.
  static func jpeg(_ segments: [[UInt8]]) throws -> [UInt8] {
    let plain = try pixels?.encoded(as: .jpeg(quality: 80)) ?? []
    return Array(plain[..<2]) + segments.joined() + plain[2...]
  }

  /// Returns a lossless WebP file that ends with these chunks.
  static func webp(_ chunks: [[UInt8]], flags: UInt8) throws -> [UInt8] {
    let plain = try pixels?.encoded(as: .losslessWebP) ?? []
    let header = chunk("VP8X", [flags, 0, 0, 0, 7, 0, 0, 7, 0, 0])
    var body = Array("WEBP".utf8)
    body += header
    body += plain[12...]
    body += chunks.joined()
    return Array("RIFF".utf8) + little(body.count, 4) + body
  }

  // MARK: Pieces

  static func text(_ keyword: String, _ text: String) -> [UInt8] {
    pngChunk("tEXt", Array(keyword.utf8) + [0] + Array(text.utf8))
  }

  static func compressedText(_ keyword: String, _ text: String) -> [UInt8] {
    pngChunk("zTXt", Array(keyword.utf8) + [0, 0] + stored(Array(text.utf8)))
  }

  static func internationalText(
    _ keyword: String, _ text: String, compressed: Bool = false
  ) -> [UInt8] {
    let body = compressed ? stored(Array(text.utf8)) : Array(text.utf8)
    let flag: UInt8 = compressed ? 1 : 0
    var payload = Array(keyword.utf8)
    payload += [0, flag, 0]
    payload += Array("en".utf8)
    payload += [0, 0]
    payload += body
    return pngChunk("iTXt", payload)
  }

  /// Returns a block in the form in which ImageMagick writes it into a text chunk, with 36 bytes on
  /// a line.
  static func rawProfile(_ name: String, _ block: [UInt8]) -> [UInt8] {
    let digits = block.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
    var text = "\n\(name)\n" + String(repeating: " ", count: 4) + "\(block.count)"
    for (index, pair) in digits.enumerated() {
      if index % 36 == 0 { text += "\n" }
      text += pair
    }
    return compressedText("Raw profile type \(name)", text + "\n")
  }

  static func pngChunk(_ type: String, _ payload: [UInt8]) -> [UInt8] {
    let body = Array(type.utf8) + payload
    var sum = CRC32()
    body.withUnsafeBytes { sum.update($0) }
    return big(payload.count, 4) + body + big(Int(sum.value), 4)
  }

  static func segment(_ marker: UInt8, _ payload: [UInt8]) -> [UInt8] {
    [0xFF, marker] + big(payload.count + 2, 2) + payload
  }

  static func exifSegment(_ block: [UInt8]) -> [UInt8] {
    segment(0xE1, Array("Exif\0\0".utf8) + block)
  }

  static func xmpSegment(_ packet: String) -> [UInt8] {
    segment(0xE1, Array("http://ns.adobe.com/xap/1.0/\0".utf8) + Array(packet.utf8))
  }

  static func iptcSegment(_ datasets: [(UInt8, String)]) -> [UInt8] {
    segment(0xED, Array("Photoshop 3.0\0".utf8) + iptc(datasets))
  }

  /// Returns Photoshop's resource with an IPTC record of these datasets.
  static func iptc(_ datasets: [(UInt8, String)]) -> [UInt8] {
    var record: [UInt8] = []
    for (number, text) in datasets {
      record += [0x1C, 2, number]
      record += big(text.utf8.count, 2)
      record += Array(text.utf8)
    }
    var resource = Array("8BIM".utf8)
    resource += [4, 4, 0, 0]
    resource += big(record.count, 4)
    resource += record
    resource += [UInt8](repeating: 0, count: record.count % 2)
    return resource
  }

  static func chunk(_ name: String, _ payload: [UInt8]) -> [UInt8] {
    var chunk = Array(name.utf8)
    chunk += little(payload.count, 4)
    chunk += payload
    chunk += [UInt8](repeating: 0, count: payload.count % 2)
    return chunk
  }

  /// An entry of an Exif block.
  struct Tag {
    let number: Int
    let type: Int
    let value: [UInt8]
    var isInExif = false

    static func ascii(_ number: Int, _ text: String, isInExif: Bool = false) -> Tag {
      Tag(number: number, type: 2, value: Array(text.utf8) + [0], isInExif: isInExif)
    }

    static func windows(_ number: Int, _ text: String) -> Tag {
      Tag(number: number, type: 1, value: text.utf16.flatMap { little(Int($0), 2) } + [0, 0])
    }

    static func comment(_ prefix: String, _ body: [UInt8]) -> Tag {
      Tag(number: 0x9286, type: 7, value: Array(prefix.utf8) + body, isInExif: true)
    }
  }

  /// Returns a little-endian Exif block.
  static func exif(_ tags: [Tag]) -> [UInt8] {
    let main = tags.filter { !$0.isInExif }.sorted { $0.number < $1.number }
    let inner = tags.filter(\.isInExif).sorted { $0.number < $1.number }
    let mainCount = main.count + (inner.isEmpty ? 0 : 1)
    let mainEnd = 8 + 2 + mainCount * 12 + 4
    let innerEnd = inner.isEmpty ? mainEnd : mainEnd + 2 + inner.count * 12 + 4
    var values: [UInt8] = []
    func entry(_ tag: Tag) -> [UInt8] {
      let count = tag.type == 3 ? tag.value.count / 2 : tag.value.count
      let head = little(tag.number, 2) + little(tag.type, 2) + little(count, 4)
      if tag.value.count <= 4 {
        return head + tag.value + [UInt8](repeating: 0, count: 4 - tag.value.count)
      }
      if !(innerEnd + values.count).isMultiple(of: 2) { values.append(0) }
      defer { values += tag.value }
      return head + little(innerEnd + values.count, 4)
    }
    var block = Array("II*\0".utf8) + little(8, 4) + little(mainCount, 2)
    for tag in main where tag.number < 0x8769 { block += entry(tag) }
    if !inner.isEmpty {
      block += little(0x8769, 2) + little(4, 2) + little(1, 4) + little(mainEnd, 4)
    }
    for tag in main where tag.number > 0x8769 { block += entry(tag) }
    block += little(0, 4)
    if !inner.isEmpty {
      block += little(inner.count, 2) + inner.flatMap(entry) + little(0, 4)
    }
    return block + values
  }

  /// Returns an XMP packet with these properties, which are given as elements.
  static func xmp(_ properties: String) -> String {
    """
    <?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">\
    <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" \
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" \
    xmlns:lr="http://ns.adobe.com/lightroom/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/" \
    xmlns:digiKam="http://www.digikam.org/ns/1.0/" \
    xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">\(properties)</rdf:Description></rdf:RDF>\
    </x:xmpmeta><?xpacket end="w"?>
    """
  }

  static func list(_ property: String, _ items: [String], container: String = "Bag") -> String {
    "<\(property)><rdf:\(container)>"
      + items.map { "<rdf:li xml:lang=\"x-default\">\(escaped($0))</rdf:li>" }.joined()
      + "</rdf:\(container)></\(property)>"
  }

  static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing("\"", with: "&quot;")
  }

  static func utf16(_ text: String, big: Bool) -> [UInt8] {
    text.utf16.flatMap { big ? Self.big(Int($0), 2) : little(Int($0), 2) }
  }

  /// Returns the bytes as a zlib stream of stored blocks.
  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    var rest = bytes[...]
    repeat {
      let block = rest.prefix(65_535)
      rest = rest.dropFirst(block.count)
      stream.append(rest.isEmpty ? 1 : 0)
      stream += little(block.count, 2)
      stream += little(~block.count & 0xFFFF, 2)
      stream += block
    } while !rest.isEmpty
    var (first, second) = (1, 0)
    for byte in bytes {
      first = (first + Int(byte)) % 65_521
      second = (second + first) % 65_521
    }
    return stream + big(second << 16 | first, 4)
  }

  static func big(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).reversed().map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }

  static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }
}
