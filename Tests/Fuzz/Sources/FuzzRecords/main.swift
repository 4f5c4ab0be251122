import CLibFuzzer
import Glibc
import SeedbankStorage

/// Reads lines of a dump; a record that is written again must read as the same record.
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
