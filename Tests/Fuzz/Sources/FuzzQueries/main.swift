import CLibFuzzer
import Glibc
import SeedbankQuery

/// Parses typed queries; free text is never an error, and a printed query parses to the same query.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  guard let parsed = try? Query.parse(text) else { return 0 }
  let printed = parsed.query.description
  precondition(
    (try? Query.parse(printed))?.query.description == printed, "a query round-trips")
  return 0
}

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(LLVMFuzzerRunDriver(&count, &arguments, fuzz))
