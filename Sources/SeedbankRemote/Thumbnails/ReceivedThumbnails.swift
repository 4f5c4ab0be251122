import FilePaths
import SeedbankImaging
import SeedbankStorage

/// How far the thumbnails of a remote have been received: the last counter of each library.
///
/// It is stored beside the thumbnails: if that folder is removed, both are received again.
struct ReceivedThumbnails: Equatable, Sendable {
  /// The largest file in bytes; a library needs about 40.
  private static let limit = 16 << 20
  private(set) var counters: [String: Int64] = [:]

  init() {}

  init(_ text: String) {
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count == 2, RemoteLayout.isLibrary(words[0]), let counter = Int64(words[1]) else {
        continue
      }
      counters[String(words[0])] = counter
    }
  }

  init(readFrom path: FilePath) {
    // A file that cannot be read is like an empty one: thumbnails are received again.
    let bytes = try? FileContents.read(path, limit: Self.limit)
    self.init(String(decoding: bytes ?? [], as: UTF8.self))
  }

  var text: String {
    counters.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)\n" }.joined()
  }

  subscript(library: String) -> Int64 {
    get { counters[library] ?? 0 }
    set { counters[library] = newValue }
  }

  func write(to path: FilePath) { DerivedFile.replace(path, with: Array(text.utf8)) }
}
