import Foundation
import SeedbankStorage

/// A library's dump as values, without what may differ after a round trip through a folder.
///
/// - numbers and paths, which are each library's own;
/// - the gateway's replies, which hold addresses that open the images to everybody who has them;
/// - the history, saved searches, and when tags and collections were made: these belong to no image.
struct DumpedLibrary: Equatable {
  /// By uid.
  private(set) var generations: [String: NSDictionary] = [:]
  /// Tags and collections.
  private(set) var names: Set<String> = []

  init(_ library: Library) throws {
    var bytes: [UInt8] = []
    try library.dump { bytes += $0 }
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      guard
        var object = try JSONSerialization.jsonObject(with: Data(line)) as? [String: Any]
      else { continue }
      if let name = object["library_field"] as? String, !(object["value"] is NSNull) {
        names.insert(name)
      }
      guard let uid = object["uid"] as? String else { continue }
      for member in ["id", "parent", "reply_body", "poll_body"] { object[member] = nil }
      object["images"] = (object["images"] as? [[String: Any]])?.map {
        $0.filter { $0.key != "path" }
      }
      generations[uid] = object as NSDictionary
    }
  }
}
