import CLibFuzzer
import Glibc
import SeedbankStorage

/// Lines of a dump: what is read must read the same when it is written again.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let line = Array(UnsafeBufferPointer(start: start, count: count))
  guard let record = try? GenerationRecord(json: line) else { return 0 }
  let written = record.json
  precondition((try? GenerationRecord(json: written))?.json == written, "a record round-trips")
  return 0
}

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(LLVMFuzzerRunDriver(&count, &arguments, fuzz))
