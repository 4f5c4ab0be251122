import CLibFuzzer
import Glibc

@testable import SeedbankGallery

/// Reads texts of other tools, in the places of a file that the first byte selects.
///
/// Every record that is read can be stored, and reading it twice gives the same result.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  let body = Array(input.dropFirst())
  let text = String(decoding: body, as: UTF8.self)
  switch (input.first ?? 0) % 8 {
  case 0: check(ImageTexts(chunks: ["parameters": text]))
  case 1: check(ImageTexts(userComment: text))
  case 2: check(ImageTexts(chunks: ["Comment": text, "Software": "NovelAI"]))
  case 3: check(ImageTexts(chunks: ["prompt": text, "workflow": text]))
  case 4: check(ImageTexts(chunks: ["invokeai_graph": text, "sd-metadata": text, "Dream": text]))
  case 5: check(ImageTexts(chunks: ["parameters-json": text, "generation_data": text]))
  case 6:
    check(ImageTexts(xmpSidecar: text))
    let personal = PersonalMetadata(xmp: text)
    precondition(personal.tags.count <= PersonalMetadata.mostTags, "tags are bounded")
    precondition(
      personal.tags.allSatisfy { $0.description.utf8.count <= 200 }, "tags are names of ours")
    precondition((personal.rating ?? 1) >= 1 && (personal.rating ?? 5) <= 5, "ratings have a range")
    _ = personal.note(beside: nil)
  default:
    if let log = FooocusLog(body) { _ = log.record(of: "a.png") }
  }
  return 0
}

func check(_ texts: ImageTexts) {
  guard let record = ForeignRecord.read(texts) else { return }
  precondition(!record.tool.isEmpty, "a record names its tool")
  precondition(ForeignRecord.read(texts) == record, "reading says the same twice")
  precondition(
    JSONValue(parsing: JSONValue.object(record.settings).text) != nil, "settings are JSON")
}

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(LLVMFuzzerRunDriver(&count, &arguments, fuzz))
