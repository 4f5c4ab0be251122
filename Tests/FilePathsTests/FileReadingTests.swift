import FilePaths
import Foundation
import Testing

@Suite("Reading from descriptors")
struct FileReadingTests {
  /// A pipe that holds these bytes and has no writer, as an open descriptor.
  private func pipe(with bytes: [UInt8]) -> Int32 {
    var ends: [Int32] = [0, 0]
    #expect(Foundation.pipe(&ends) == 0)
    #expect(writeAll(bytes, to: ends[1]))
    close(ends[1])
    return ends[0]
  }

  /// A file with these bytes and no name, as an open descriptor.
  private func file(with bytes: [UInt8]) -> Int32 {
    var template = Array((NSTemporaryDirectory() + "/reading-XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    #expect(descriptor >= 0 && writeAll(bytes, to: descriptor))
    unlink(template)
    lseek(descriptor, 0, SEEK_SET)
    return descriptor
  }

  @Test("a pipe is read to its end, up to one byte above the limit")
  func limit() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0) }
    for (limit, expected) in [(2000, 1000), (1000, 1000), (999, 1000), (10, 11), (0, 1)] {
      let descriptor = pipe(with: bytes)
      defer { close(descriptor) }
      #expect(readToEnd(of: descriptor, limit: limit) == Array(bytes.prefix(expected)))
    }
  }

  @Test("a file is read from its position or from an offset, and ends where it ends")
  func positions() {
    let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let descriptor = file(with: bytes)
    defer { close(descriptor) }
    #expect(readBytes(of: descriptor, count: 10) == Array(bytes[..<10]))
    #expect(readBytes(of: descriptor, count: 10, at: 99_995) == Array(bytes[99_995...]))
    #expect(readBytes(of: descriptor, count: 5) == Array(bytes[10..<15]))
    #expect(readBytes(of: descriptor, count: 200_000) == Array(bytes[15...]))
    #expect(readBytes(of: descriptor, count: 1) == [])
    #expect(readBytes(of: descriptor, count: 0, at: 3) == [])
  }

  @Test("the pieces of a file have the given size, except the last one")
  func pieces() throws {
    let bytes = [UInt8](repeating: 1, count: 1000)
    let descriptor = file(with: bytes)
    defer { close(descriptor) }
    var sizes: [Int] = []
    #expect(readPieces(of: descriptor, size: 400) { sizes.append($0.count) })
    #expect(sizes == [400, 400, 200])
  }

  @Test("an error of the system is reported with its number")
  func failure() {
    let folder = open("/tmp", O_RDONLY | O_CLOEXEC)
    defer { close(folder) }
    #expect(readBytes(of: folder, count: 10) == nil && errno == EISDIR)
    #expect(readBytes(of: folder, count: 10, at: 5) == nil && errno == EISDIR)
    #expect(readToEnd(of: folder, limit: 10) == nil && errno == EISDIR)
    #expect(!readPieces(of: folder) { _ in } && errno == EISDIR)
    #expect(systemErrorText(EISDIR) == "Is a directory")
  }

  @Test("links to files and folders are followed")
  func kinds() throws {
    let folder = FilePath(NSTemporaryDirectory()).appending("kinds-\(UUID().uuidString)")
    try #require(mkdir(folder, 0o755) == 0)
    defer { try? FileManager.default.removeItem(atPath: "\(folder)") }
    let descriptor = open(folder.appending("file"), O_CREAT | O_WRONLY | O_CLOEXEC, 0o644)
    close(descriptor)
    #expect(symlink(folder.appending("file"), folder.appending("link")) == 0)
    #expect(symlink(folder, folder.appending("back")) == 0)
    #expect(folder.isFolder && !folder.isRegularFile)
    #expect(folder.appending("file").isRegularFile && !folder.appending("file").isFolder)
    #expect(folder.appending("link").isRegularFile)
    #expect(folder.appending("back").isFolder)
    #expect(!folder.appending("absent").isRegularFile && !folder.appending("absent").isFolder)
  }
}
