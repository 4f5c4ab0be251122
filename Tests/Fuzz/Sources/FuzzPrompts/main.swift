import CLibFuzzer
import Glibc
import SeedbankProviders
import SeedbankSync

/// Reads files of prompts; the first byte selects a format or lets the content decide.
///
/// Every prompt that is read can be sent.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  guard let start, count > 0 else { return 0 }
  let formats: [PromptFormat?] = [nil] + PromptFormat.allCases
  var name = Array("/tmp/fuzz-prompts-XXXXXX".utf8CString)
  let file = mkstemp(&name)
  unlink(name)
  guard file >= 0, write(file, start + 1, count - 1) == count - 1, lseek(file, 0, SEEK_SET) == 0
  else { return 0 }
  guard
    let prompts = try? PromptFile(
      taking: file, format: formats[Int(start[0]) % formats.count], spool: "/tmp"),
    let batch = try? PromptBatch(checking: prompts, as: RequestTemplate())
  else { return 0 }
  precondition(batch.generations > 0 && batch.lines.lowerBound > 0, "there is something to send")
  return 0
}

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(LLVMFuzzerRunDriver(&count, &arguments, fuzz))
