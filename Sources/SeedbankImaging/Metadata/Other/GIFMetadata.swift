/// The metadata of a GIF file: comments, and XMP in an application's extension.
struct GIFMetadata {
  private let bytes: UnsafeRawBufferPointer

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// GIF89a specification, sections 17 to 27: blocks up to the trailer.
  func read() -> EmbeddedMetadata {
    var metadata = EmbeddedMetadata(format: .gif)
    var hasSoughtPacket = false
    var offset = 13 + tableLength(at: 10)
    while let kind = bytes.byte(at: offset) {
      switch kind {
      case 0x21:
        let label = bytes.byte(at: offset + 1)
        offset += 2
        switch label {
        case 0xFE where metadata.comments.count < ContainerLimit.parts:
          metadata.comments.append(ForeignText.decode(subBlocks(&offset)[...]))
        case 0xFF where !hasSoughtPacket && bytes.matches(ascii: "XMP DataXMP", at: offset + 1):
          // If the end of the first packet is not in the rest of the file, a later packet has no end either.
          hasSoughtPacket = true
          metadata.xmp = packet(at: offset + 12)
          _ = subBlocks(&offset)
        default: _ = subBlocks(&offset)
        }
      case 0x2C:
        // The position and size of the image, its colours, and the width of its codes.
        offset += 11 + tableLength(at: offset + 9)
        _ = subBlocks(&offset)
      default: return metadata
      }
    }
    return metadata
  }

  private func tableLength(at offset: Int) -> Int {
    guard let flags = bytes.byte(at: offset), flags & 0x80 != 0 else { return 0 }
    return 3 << (Int(flags & 7) + 1)
  }

  private func subBlocks(_ offset: inout Int) -> [UInt8] {
    var content: [UInt8] = []
    while let length = bytes.byte(at: offset) {
      offset += 1 + Int(length)
      guard length > 0 else { break }
      content += bytes.part(offset - Int(length)..<offset).map(Array.init) ?? []
    }
    return content
  }

  /// The packet is stored without sub-blocks.
  ///
  /// The bytes after it end the block for readers of blocks (XMP specification part 3, 1.1.2).
  private func packet(at start: Int) -> String? {
    guard let end = bytes.firstIndex(ofASCII: "<?xpacket end", from: start),
      let text = bytes.part(start..<min(end + 19, bytes.count))
    else { return nil }
    return ForeignText.decode(Array(text)[...])
  }
}
