import CLibFuzzer
import Glibc
import SeedbankImaging

/// Reads image files with every part of the imaging module.
///
/// That includes identification, headers, metadata, colour profiles, all decoders that are
/// installed, hashes, thumbnails and verdicts. Files that are kept without being decoded are read
/// too.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  // Small limits keep each run short; a file above a limit is refused before any allocation.
  let limits = DecodeLimits(bytes: 1 << 20, pixels: 1 << 20)
  let format = ImageFormat(sniffing: bytes)
  precondition(
    format == ImageFormat(sniffing: Array(bytes.prefix(ImageFormat.signatureLength))),
    "the first bytes tell the format")
  precondition(
    ((try? MetadataDocument(bytes)) == nil) == (format == nil), "metadata are read of every format")
  if let whole = UndecodedImage.recognize(bytes, limits: limits) {
    precondition(whole.leadingBytes < bytes.count, "a picture begins within the file")
  }
  if let header = try? ImageHeader.read(bytes) {
    precondition(header.width > 0 && header.height > 0, "a header promises pixels")
  }
  _ = try? ColorProfile.read(bytes)
  if let picture = try? Picture.decode(bytes, limits: limits) {
    _ = picture.perceptualHash
    let kind = Verdict.compare(picture, picture).kind
    precondition(
      kind == .identicalPixels || picture.header.bitDepth > 8, "a picture is identical to itself")
  }
  _ = try? Thumbnail.make(of: bytes, longSide: 16, limits: limits)
  return 0
}

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(LLVMFuzzerRunDriver(&count, &arguments, fuzz))
