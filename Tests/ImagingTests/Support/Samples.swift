import Foundation

/// Real files of other tools, kept beside the repository; tests that need them skip without them.
enum Samples {
  static let folder: URL? = {
    let repository = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let folder = repository.deletingLastPathComponent()
      .appending(path: "shared/samples/sd-parsers")
    let override = ProcessInfo.processInfo.environment["SEEDBANK_SHARED"].map {
      URL(filePath: $0).appending(path: "samples/sd-parsers")
    }
    return [override, folder].compactMap { $0 }.first {
      FileManager.default.fileExists(atPath: $0.path)
    }
  }()

  static var areThere: Bool { folder != nil }

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
