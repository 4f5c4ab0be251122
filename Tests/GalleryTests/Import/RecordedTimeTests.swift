import Foundation
import SeedbankImaging
import SeedbankModel
import SeedbankStorage
import Testing

@testable import SeedbankGallery

@Suite("Creation times that tools write")
struct RecordedTimeTests {
  typealias File = ForeignFile

  /// The start of Civitai's text.
  private static let words =
    "a fox\nSteps: 25, Sampler: Euler a, Seed: 3, Civitai resources: [], Created Date: "

  static let cases: [(keyword: String, text: String, time: String)] = [
    ("Creation Time", "Sun, 09 Apr 2023 12:00:00 GMT", "2023-04-09T12:00:00Z"),
    ("Creation Time", "Sun, 9 Apr 2023 12:00:00 +0200", "2023-04-09T10:00:00Z"),
    ("parameters", words + "2024-08-27T05:36:43.5532345Z", "2024-08-27T05:36:43.553Z"),
    ("parameters", words + "2024-08-27T0536:43.5532345Z", "2024-08-27T05:36:43.553Z"),
  ]

  @Test("the time in a tool's text comes before the time of the file", arguments: cases.indices)
  func toolTimes(index: Int) async throws {
    let (keyword, text, time) = Self.cases[index]
    let test = try TestLibrary()
    let folder = test.root + "/in"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let bytes = try File.png([File.text(keyword, text)])
    try Data(bytes).write(to: URL(fileURLWithPath: folder + "/a.png"))
    let report = try await test.importing(folder)
    let generation = try #require(try test.library.generations(report.imported).first)
    #expect(generation.createdAt == Timestamp(rfc3339: time), "\(text)")
  }

  @Test("a text that is not a time is not read as one")
  func otherTexts() {
    for text in ["", "today", "Sun, 09 Apr 2023 12:00:00 EST", "Sun, 32 Apr 2023 12:00:00 GMT"] {
      #expect(CaptureTime(mail: text) == nil, "\(text)")
    }
  }
}
