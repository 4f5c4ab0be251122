import Foundation
import Testing

/// Compares text with a file under Snapshots/.
///
/// `SEEDBANK_REWRITE_SNAPSHOTS=1 swift test --filter CommandTests` rewrites the files and fails, so
/// that the changes are reviewed.
func expectSnapshot(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Snapshots", isDirectory: true)
  let file = folder.appendingPathComponent(name + ".txt")
  if ProcessInfo.processInfo.environment["SEEDBANK_REWRITE_SNAPSHOTS"] != nil {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    Issue.record(
      "wrote Snapshots/\(name).txt; look at it and run again", sourceLocation: sourceLocation)
    return
  }
  let expected = (try? String(contentsOf: file, encoding: .utf8)) ?? "(no such file)"
  #expect(
    text == expected,
    "Snapshots/\(name).txt differs; SEEDBANK_REWRITE_SNAPSHOTS=1 rewrites it",
    sourceLocation: sourceLocation)
}
