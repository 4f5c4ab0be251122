import CLibFuzzer
import Glibc
import SeedbankImaging

@testable import SeedbankGallery

/// Texts in the containers of image files: the first byte chooses the container, and the rest is its
/// content, from the file to the record.
///
/// Reading a file twice says the same.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let content = Array(bytes.dropFirst())
  switch (bytes.first ?? 0) % 8 {
  // ComfyUI writes `comf` into animations: a keyword, a zero, and text.
  case 0: check(png("comf", content))
  case 1: check(png("tEXt", content))
  case 2: check(png("iTXt", content))
  case 3: check(png("zTXt", content))
  case 4: check(png("eXIf", content))
  case 5: check(webp("EXIF", content))
  case 6: check(webp("XMP ", content))
  // ComfyUI writes graphs into Make and Model of WebP files.
  default: check(webp("EXIF", exif(content)))
  }
  return 0
}

func check(_ file: [UInt8]) {
  guard let document = try? MetadataDocument(file) else { return }
  let texts = ImageTexts(document.metadata)
  let record = ForeignRecord.read(texts)
  precondition(record == ForeignRecord.read(texts), "reading says the same twice")
  precondition(record.map { !$0.tool.isEmpty } ?? true, "a record names its tool")
  _ = PersonalMetadata(document.metadata)
}

func big(_ number: Int) -> [UInt8] {
  (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
}
func little(_ number: Int, bytes: Int = 4) -> [UInt8] {
  Array(big(number).reversed().prefix(bytes))
}

/// A file with this chunk; checksums are not checked.
func png(_ kind: String, _ content: [UInt8]) -> [UInt8] {
  func chunk(_ kind: String, _ content: [UInt8]) -> [UInt8] {
    big(content.count) + Array(kind.utf8) + content + [0, 0, 0, 0]
  }
  return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    + chunk("IHDR", big(1) + big(1) + [8, 0, 0, 0, 0]) + chunk(kind, content)
    + chunk("IDAT", [0x78, 0x9C, 0x63, 0x60, 0, 0, 0, 2, 0, 1]) + chunk("IEND", [])
}

func webp(_ kind: String, _ content: [UInt8]) -> [UInt8] {
  let flags: UInt8 = kind == "EXIF" ? 8 : 4
  let padding = [UInt8](repeating: 0, count: content.count % 2)
  let chunks =
    Array("WEBPVP8X".utf8) + little(10) + [flags, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    + Array("VP8L".utf8) + little(8) + [0x2F, 0, 0, 0, 0, 0, 0, 0]
    + Array(kind.utf8) + little(content.count) + content + padding
  return Array("RIFF".utf8) + little(chunks.count) + chunks
}

/// Exif with the content, divided at its zeros, as Make, Model and ImageDescription.
func exif(_ content: [UInt8]) -> [UInt8] {
  let parts = content.split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
  var entries: [UInt8] = []
  var texts: [UInt8] = []
  for (tag, part) in zip([0x10F, 0x110, 0x10E], parts) {
    let offset = 8 + 2 + parts.count * 12 + 4 + texts.count
    entries += little(tag, bytes: 2) + [2, 0] + little(part.count + 1) + little(offset)
    texts += Array(part) + [0]
  }
  let header: [UInt8] = [0x49, 0x49, 42, 0, 8, 0, 0, 0]
  return header + little(parts.count, bytes: 2) + entries + [0, 0, 0, 0] + texts
}

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(LLVMFuzzerRunDriver(&count, &arguments, fuzz))
