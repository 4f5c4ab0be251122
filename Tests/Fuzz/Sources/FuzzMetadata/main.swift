import CLibFuzzer
import Glibc
import SeedbankImaging

/// Reads the metadata of image files, writes it twice, and removes it; the second write changes
/// nothing.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let document = try? MetadataDocument(bytes) else { return 0 }
  _ = document.metadata.xmpPacket
  _ = document.undoings.map { $0.applied(to: bytes) }
  let copies = ProvenanceCopies(
    parameters: "Steps: 1", xmp: XMPPacket(description: "a cat, 猫", record: "{}"))
  if let edited = try? document.embedding(copies).applied(to: bytes) {
    let again = try? MetadataDocument(edited).embedding(copies).applied(to: edited)
    precondition(again == nil || again == edited, "a second write changes nothing")
  }
  if let bare = try? document.stripping().applied(to: bytes) {
    precondition(
      (try? MetadataDocument(bare).containsMetadata()) != true, "stripped is stripped")
  }
  return 0
}

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(LLVMFuzzerRunDriver(&count, &arguments, fuzz))
