import CLibFuzzer
import Glibc

@testable import FilePaths
@testable import SeedbankGallery

/// Two files beside an image, with the names of sidecars that the first byte chooses.
///
/// What is read can be stored, and reading it twice says the same.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  guard let choice = bytes.first.map(Int.init) else { return 0 }
  let parts = bytes.dropFirst().split(
    separator: 0x00, maxSplits: 1, omittingEmptySubsequences: false)
  let names = [choice % endings.count, choice / endings.count % endings.count].map { endings[$0] }
  for (name, part) in zip(names, parts) { write(Array(part), to: folder + "/" + name) }
  defer { for name in names { unlink(folder + "/" + name) } }
  let (record, personal) = read()
  let (again, personalAgain) = read()
  precondition(record == again && personal == personalAgain, "reading says the same twice")
  if let record {
    precondition(!record.tool.isEmpty, "a record names its tool")
    precondition(
      JSONValue(parsing: JSONValue.object(record.settings).text) != nil, "settings are JSON")
  }
  precondition(personal.tags.count <= PersonalMetadata.mostTags, "tags are bounded")
  precondition(
    (personal.note(beside: record)?.utf8.count ?? 0) <= 4 * PersonalMetadata.longestNote,
    "notes are bounded")
  for name in names { _ = SidecarFile.isSidecar(folder + "/" + name) }
  return 0
}

func read() -> (ForeignRecord?, PersonalMetadata) {
  let sidecars = Sidecars(of: folder + "/" + "a.png")
  let record = sidecars.completing(nil, FooocusLogs())
  return (record, sidecars.completing(nil, beside: record))
}

func write(_ bytes: [UInt8], to path: FilePath) {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
  precondition(descriptor >= 0, "the folder for sidecars can be written")
  defer { close(descriptor) }
  precondition(writeAll(bytes, to: descriptor), "a sidecar is written completely")
}

let endings = [
  "a.txt", "a.png.txt", "a.json", "a.png.json", "a.swarm.json", "a.metadata.json", "a.xmp",
  "a.png.xmp", "log.html", "a.caption",
]

/// In memory, because each input writes files.
let folder: FilePath = {
  let path = FilePath("/dev/shm/fuzz-sidecars-\(getpid())")
  mkdir(path, 0o700)
  write([], to: path + "/" + "a.png")
  return path
}()

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(LLVMFuzzerRunDriver(&count, &arguments, fuzz))
