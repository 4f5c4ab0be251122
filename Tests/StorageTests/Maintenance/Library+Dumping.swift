import FilePaths
import Foundation
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

extension Library {
  func dumped() throws -> [UInt8] {
    var bytes: [UInt8] = []
    try dump { bytes += $0 }
    return bytes
  }

  @discardableResult
  func restore(
    _ bytes: [UInt8], bringingBack: Bool = false, rehearsing: Bool = false
  ) throws -> RestoreReport {
    let path = NSTemporaryDirectory() + UUID().uuidString
    #expect(FileManager.default.createFile(atPath: path, contents: Data(bytes)))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let file = try #require(FileHandle(forReadingAtPath: path))
    return try restore(
      reading: file.fileDescriptor, path: FilePath(path),
      at: Timestamp(milliseconds: 1_800_000_000_000),
      bringingBack: bringingBack,
      rehearsing: rehearsing)
  }

  @discardableResult
  func restore(_ lines: String) throws -> RestoreReport {
    try restore(Array(lines.utf8))
  }
}
