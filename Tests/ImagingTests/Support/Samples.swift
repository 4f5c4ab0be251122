import Foundation
import Testing

/// Real files of other tools, which are not part of the repository; `SEEDBANK_SAMPLES` names their
/// folder.
enum Samples {
  static let folder = ProcessInfo.processInfo.environment["SEEDBANK_SAMPLES"].map {
    URL(filePath: $0)
  }

  static var areThere: Bool { folder != nil }
  static let reason: Comment = "SEEDBANK_SAMPLES does not name a folder of sample files"

  static func bytes(_ name: String) throws -> [UInt8] {
    guard let folder else { return [] }
    return [UInt8](try Data(contentsOf: folder.appending(path: name)))
  }

  static var all: [String] {
    guard let folder,
      let names = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String]
    else { return [] }
    return names.filter { $0.hasSuffix(".png") || $0.hasSuffix(".jpg") }.sorted()
  }
}
