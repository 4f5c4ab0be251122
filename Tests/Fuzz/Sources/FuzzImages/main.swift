import CLibFuzzer
import Glibc
import Imaging

/// Image files: headers, full decoding, hashing.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  // Small limits keep each try short; what they refuse is refused before any allocation.
  let limits = DecodeLimits(bytes: 1 << 20, pixels: 1 << 20)
  if let header = try? ImageHeader.read(bytes) {
    precondition(header.width > 0 && header.height > 0, "a header promises pixels")
  }
  if let picture = try? Picture.decode(bytes, limits: limits) { _ = picture.perceptualHash }
  return 0
}

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(LLVMFuzzerRunDriver(&count, &arguments, fuzz))
