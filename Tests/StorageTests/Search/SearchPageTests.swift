import Foundation
import Testing

@testable import SeedbankModel

@Suite("docs/search.md") struct SearchPageTests {
  private static let page = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "docs/search.md")

  @Test("every example on the page has the documented result")
  func examples() throws {
    let fixture = try SearchFixture()
    try Self.plant(fixture)
    let lines = try String(contentsOf: Self.page, encoding: .utf8).split(separator: "\n")
    let examples = lines.filter { $0.hasPrefix("- `") && $0.contains("` →") }
    #expect(examples.count > 50)
    for example in examples {
      let parts = example.dropFirst(3).components(separatedBy: "` →")
      let ids = parts[1].prefix { $0 != "(" }.split(separator: " ").compactMap { Int64($0) }
      #expect(try fixture.find(parts[0]) == ids, "\(example)")
    }
  }

  /// Records the generations of the table in the page.
  private static func plant(_ fixture: SearchFixture) throws {
    func day(_ text: String) -> Timestamp {
      Timestamp(rfc3339: text + "T10:00:00Z") ?? SearchFixture.now
    }
    func parameters(
      _ seed: ImageSeed?, _ width: Int?, _ height: Int?, model: String? = nil
    ) -> Parameters {
      Parameters(model: model, width: width, height: height, seed: seed)
    }
    let first = try fixture.add(
      "a cat through a fisheye lens", at: day("2026-10-05"), tags: ["portrait", "client/acme"]
    ) {
      $0.parameters = parameters(42, 1024, 1024, model: "seedream-3-0-t2i-250415")
      $0.rating = 5
    }
    try fixture.add("close-up of a cat, blurry", at: day("2026-11-02"), tags: ["draft"]) {
      $0.parameters = parameters(12345, 864, 1152, model: "seedream-4-0")
    }
    try fixture.add("Café in the Straße at night", at: day("2026-11-14"), tags: ["client"]) {
      $0.parameters = parameters(1234, 1280, 720)
      $0.rating = 3
      $0.note = "keep for the poster"
    }
    try fixture.add("一只猫咪在窗台上睡觉", at: day("2026-11-20")) {
      $0.parameters.size = "2K"
      $0.isFavorite = true
    }
    try fixture.add("a dog, fishing 🐱", at: day("2026-11-23")) {
      $0.parameters = parameters(42, 512, 512)
      $0.parameters.guidanceScale = 2.5
      $0.status = .failed
      $0.parent = first
    }
    try fixture.add("cat and dog portrait", at: day("2026-11-23")) {
      $0.parameters.watermark = true
      $0.status = .pending
    }
  }
}
