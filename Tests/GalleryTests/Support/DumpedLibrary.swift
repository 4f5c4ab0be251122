import Foundation
import SeedbankStorage

/// The dump of a library as values, without the parts that may differ after a round trip through a
/// folder.
///
/// Three parts are left out:
/// - ids and paths, which differ between libraries;
/// - the gateway's replies, which contain addresses that open the images without a key;
/// - the history, saved searches, and the times of tags and collections, which belong to no image.
struct DumpedLibrary: Equatable {
  /// The generations by uid.
  private(set) var generations: [String: NSDictionary] = [:]
  /// The names of tags and collections.
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
