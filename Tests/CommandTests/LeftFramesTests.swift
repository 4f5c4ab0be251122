import Foundation
import Testing

@Suite("Frames that a killed command left in the write-ahead log") struct LeftFramesTests {
  @Test("are not damage, even if they mark a commit, while another process uses the library")
  func behindTheEnd() async throws {
    let harness = try Harness()
    let sample = try SampleLibrary(harness)
    try sample.add("a cat")
    let log = harness.library.appendingPathComponent("catalog.sqlite-wal")
    let content = try Data(contentsOf: log)
    try #require(content.count > 32)
    let pageSize = content[8..<12].reduce(0) { $0 << 8 | Int($1) }
    let salt = content[16..<24]
    var end = 32
    while end + 24 + pageSize <= content.count, content[end + 8..<end + 16] == salt {
      end += 24 + pageSize
    }
    try #require(end > 32)
    // The first page, a catalog of nine pages, and checksums that do not continue those before.
    var frame = Data([0, 0, 0, 1, 0, 0, 0, 9])
    frame.append(salt)
    frame.append(Data(count: 8 + pageSize))
    let file = try FileHandle(forUpdating: log)
    try file.seek(toOffset: UInt64(end))
    try file.write(contentsOf: frame)
    try file.close()
    let outcome = try await harness.succeed("check")
    #expect(outcome.output.contains("no errors"), "\(outcome)")
    withExtendedLifetime(sample) {}
  }
}
