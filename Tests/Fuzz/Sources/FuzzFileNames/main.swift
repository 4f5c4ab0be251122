import CLibFuzzer
import FilePaths
import Glibc

@testable import SeedbankGallery

/// Names of foreign files, of any bytes, separated by zeros: the first is a pattern, the second a folder,
/// and the others its content.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let names = bytes.split(separator: 0, maxSplits: 40, omittingEmptySubsequences: false)
    .map { FilePath(bytes: $0) }
  guard names.count > 2 else { return 0 }
  let folder = FilePath("/") + names[1].text
  let content = Array(names[2...])
  let derived = DerivedFiles(folder: names[1].name, names: content) { content }
  let glob = Glob(names[0])
  for name in content {
    let path = folder.appending(name)
    _ = derived.reason(name, isFolder: false)
    _ = derived.reason(name, isFolder: true)
    _ = glob?.matches(path, below: folder, isFolder: false)
    _ = glob?.matches(path, below: "/", isFolder: true)
    let stem = SidecarFile.stem(of: path)
    precondition(path.bytes.starts(with: stem.bytes), "a stem is the start of its path")
    _ = SidecarFile.dependentFiles(of: path)
    check(name)
    checkPrefix(name.text)
  }
  return 0
}

/// Checks that the name of an exported file has no separator, for every input.
func check(_ name: FilePath) {
  let slug = SafeName.slug(name.text)
  for part in [name.text, slug].map({ SafeName.part(stem: $0, ending: ".jpg") }) {
    precondition(part.utf8.count <= 255, "names are bounded")
    precondition(!part.contains("/") && !part.contains("\0"), "a name is one part of a path")
    precondition(part != ".." && part != ".", "a name leads to no other folder")
  }
  precondition(
    !name.description.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F },
    "a shown name has no control characters")
  _ = try? NameTemplate(name.text)
}

/// The name of a file decides between the nodes that save images.
func checkPrefix(_ name: String) {
  var record = ForeignRecord(tool: "comfyui", raw: "")
  record.take(savers, fileName: name)
  let prefix = record.settings[ForeignRecord.filenamePrefix]?.string
  precondition(prefix.map(name.hasPrefix) ?? true, "the prefix is the start of the name")
}

let savers: ComfyGraph = {
  let nodes = ["a", "ab", "%date%", "a/b", "é"].enumerated().map { number, prefix in
    var node = ComfyGraph.Node(id: "\(number)", kind: "SaveImage")
    node.values["filename_prefix"] = .string(prefix)
    node.links["images"] = ComfyGraph.Link(node: 5, slot: 0)
    return node
  }
  return ComfyGraph(nodes + [ComfyGraph.Node(id: "5", kind: "VAEDecode")])
}()

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(LLVMFuzzerRunDriver(&count, &arguments, fuzz))
