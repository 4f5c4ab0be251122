import Foundation
import SeedbankModel
import SeedbankQuery
import SeedbankStorage
import TestProcesses
import Testing

@testable import SeedbankWeb

/// Tests of the live page in a real browser, with a real server.
@Suite("The live page") struct LivePageTests {
  static let hasBrowser = ["chromium", "chromedriver", "python3"].allSatisfy { name in
    FileManager.default.isExecutableFile(atPath: "/usr/bin/" + name)
  }

  /// The file of axe-core; nil if it is not installed.
  private static let axe: String? = {
    let file = scripts.appendingPathComponent(
      "../../../.build/pypi/axe_core_python/axe.min.js"
    ).standardized.path
    return FileManager.default.fileExists(atPath: file) ? file : nil
  }()

  @Test(
    "300 images are rated, tagged and deleted with the keyboard only",
    .enabled(if: hasBrowser, "chromium, chromedriver or python3 is not installed"))
  func cull() async throws {
    func prepare(_ library: Library) throws {
      for number in 1...300 { try library.add("prompt \(number)", shade: UInt8(number % 200)) }
    }
    try await TestServer.run(prepare: prepare) { test async throws in
      let check = try await Self.check("cull", test)
      #expect(check.status == 0, "\(check.output)")
      for place in 0..<300 {
        let id = GenerationID(Int64(300 - place))
        let generation = try #require(try test.library.generation(id))
        #expect(generation.rating == (place % 6 == 0 ? nil : place % 6), "\(id)")
        #expect(generation.isFavorite == (place % 7 == 3), "\(id)")
        #expect(generation.tags.contains("keep") == (place % 13 == 4), "\(id)")
        #expect((generation.trashedAt != nil) == (place % 11 == 5), "\(id)")
      }
    }
  }

  @Test(
    "searching, looking, comparing and undoing work, and axe-core finds nothing",
    .enabled(if: hasBrowser, "chromium, chromedriver or python3 is not installed"),
    .enabled(if: axe != nil, "axe-core is not installed"))
  func look() async throws {
    func prepare(_ library: Library) throws {
      // Most generations have no image, because only their number matters.
      let time = TestServer.now
      var random = SystemRandomNumberGenerator()
      try library.record(
        (1...3_900).map { number in
          GenerationDraft(
            uid: UID(at: time, using: &random), prompt: "قطة cat \(number)",
            parameters: Parameters(width: 64, height: 64), createdAt: time, status: .complete,
            tags: number % 3 == 0 ? [TagName("client/acme")].compactMap { $0 } : [])
        })
      let markup = "</script><script>document.title='pwned'</script><b>bold</b>"
      for number in 3_901...4_000 {
        try library.add(number % 17 == 0 ? markup : "cat \(number)", shade: UInt8(number - 3_900))
      }
      for number in 3_990...4_000 {
        try library.note(
          event: "imported", detail: "cat.png", on: GenerationID(Int64(number)), at: time)
      }
      let rated = (1...40).map { GenerationID(Int64($0 * 100)) }
      try library.edit(.rate(5), on: rated, by: "test", at: TestServer.now)
    }
    try await TestServer.run(prepare: prepare) { test async throws in
      let axe = try #require(Self.axe)
      let check = try await Self.check("look", test, [axe])
      #expect(check.status == 0, "\(check.output)")
    }
  }

  @Test(
    "the page is smaller than 200 kB even without compression, and its scripts write no markup")
  func size() async throws {
    try await TestServer.run { test async throws in
      var total = 0
      let page = try await test.get("/")
      let names = String(decoding: page.body, as: UTF8.self)
        .matches(of: /"\/assets\/([a-z.]+)"/).map { String($0.1) }
      // One request for all scripts, and one for all styles.
      #expect(names.sorted() == ["app.css", "app.js", "icon.svg"])
      for name in Set(names) {
        let asset = try await test.get("/assets/" + name)
        #expect(asset.status == 200, "\(name)")
        total += asset.body.count
        let text = String(decoding: asset.body, as: UTF8.self)
        #expect(!text.contains("innerHTML") && !text.contains("eval("), "\(name)")
        #expect(!text.contains("https://") && !text.contains("@import"), "\(name)")
      }
      #expect(total < 200_000)
    }
  }

  private static let scripts = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Browser")

  /// Runs a script of the folder `Browser`.
  static func check(
    _ kind: String, _ test: TestServer, _ more: [String] = [], script: String = "check_live.py"
  ) async throws -> (status: Int32, output: String) {
    let address = "http://\(test.host)/?token=\(test.token)"
    let end = try await ChildProcess.run(
      "/usr/bin/python3",
      [scripts.appendingPathComponent(script).path, kind, address] + more)
    return (end.status, end.output + end.errorOutput)
  }
}
