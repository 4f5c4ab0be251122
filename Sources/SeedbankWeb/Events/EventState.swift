import FilePaths
import FoundationEssentials
import Platform
import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// The state for the events of the next run of the server: a small file of derived data in the library.
///
/// Without it, clients are told to read everything again; nothing else is lost.
struct EventState: Equatable {
  /// The number of the last event.
  var last: Int64
  /// The content of the last event; nil if it was too large to store.
  var position: CatalogPosition?

  static func path(in folder: LibraryFolder) -> FilePath { folder.path + "/events.state" }

  /// Reads the file; nil if it does not exist or is not valid.
  static func read(from path: FilePath) -> EventState? {
    guard let file = OpenFile(path), file.size < 1 << 20 else { return nil }
    let text = String(decoding: file.read(at: 0, count: Int(file.size)), as: UTF8.self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    // A damaged file can have any number. The server and its clients count on from it.
    guard let first = lines.first, let last = Int64(first), (0..<largest).contains(last) else {
      return nil
    }
    let position = lines.count > 1 ? CatalogPosition(json: String(lines[1])) : nil
    return EventState(last: last, position: position)
  }

  /// Larger numbers are not exact in JavaScript.
  private static let largest: Int64 = 1 << 53

  /// Replaces the file.
  ///
  /// In a read-only library, it is not written.
  func write(to path: FilePath) {
    let text = "\(last)\n\(position?.json ?? "")\n"
    DerivedFile.replace(path, with: Array(text.utf8))
  }
}
