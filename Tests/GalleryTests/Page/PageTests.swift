import Foundation
import SeedbankModel
import SeedbankQuery
import TestRandomness
import Testing

@testable import SeedbankGallery

@Suite("The gallery's page") struct PageTests {
  @Test("JSON inside a script element starts no tag and ends no line")
  func scriptSafety() throws {
    var random = SeededGenerator(seed: 9)
    for _ in 0..<500 {
      let text = "</script><!--\u{2028}\u{2029}" + ForeignText.text(&random)
      var writer = JSONWriter()
      writer.object { $0.member("prompt", text) }
      let safe = Markup.scriptSafe(writer.bytes)
      #expect(!safe.contains(UInt8(ascii: "<")))
      #expect(!String(decoding: safe, as: UTF8.self).unicodeScalars.contains("\u{2028}"))
      let read = try JSONDecoder().decode([String: String].self, from: Data(safe))
      #expect(read["prompt"] == text)
    }
  }

  @Test("whole numbers that the script would round are written as strings")
  func exactNumbers() async throws {
    let settings =
      #"{"a":9007199254740991,"b":9007199254740993,"c":[-18446744073709551615,1.5e300,"1234567890123456789",{"d":18446744073709551616}],"e":"x\"9999999999999999999"}"#
    #expect(
      ExactNumbers.quoted(in: settings)
        == #"{"a":9007199254740991,"b":"9007199254740993","c":["-18446744073709551615",1.5e300,"1234567890123456789",{"d":"18446744073709551616"}],"e":"x\"9999999999999999999"}"#
    )
    let test = try TestLibrary()
    try test.add("large", seed: 1) {
      $0.parameters.seed = .max
      $0.provenance = Provenance(
        tool: "comfyui", settings: #"{"variation_seed":18446744073709551614}"#, raw: nil)
    }
    _ = try await test.export(test.options())
    let page = String(decoding: try #require(test.contents()["index.html"]), as: UTF8.self)
    #expect(page.contains(#""seed":"18446744073709551615""#))
    #expect(page.contains(#""variation_seed":"18446744073709551614""#))
  }

  @Test("titles are text")
  func titles() {
    #expect(Markup.escaped("<a href='x'>&\"") == "&lt;a href=&#39;x&#39;&gt;&amp;&quot;")
  }

  @Test("the page loads nothing from other addresses")
  func selfContained() {
    let page = PageAssets.body + PageAssets.style + PageAssets.script
    #expect(!page.contains("http://") && !page.contains("https://") && !page.contains("@import"))
    #expect(!page.contains("eval(") && !page.contains("innerHTML"))
    #expect(PageAssets.policy.hasPrefix("default-src 'none'"))
  }

  /// The file of axe-core; nil if it is not installed.
  private static let axe: String? = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../.build/pypi/axe_core_python/axe.min.js").standardized.path
    return FileManager.default.fileExists(atPath: file) ? file : nil
  }()

  @Test(
    "search, filter, open, zoom, copy and back work in a browser, and axe-core finds nothing",
    .enabled(
      if: TestLibrary.has("chromium", "chromedriver", "python3"),
      "chromium, chromedriver or python3 is not installed"),
    .enabled(if: axe != nil, "axe-core is not installed"))
  func browser() async throws {
    let test = try TestLibrary()
    let prompts = [
      "A cat, in a hat", "Café in Zürich", "一只猫坐在窗边", "قطة على السطح",
      "</script><script>document.title='pwned'</script><b>bold</b>", "it's a \"quoted\" $HOME `x`",
      "-begins with a hyphen\nand goes on", "👩‍👩‍👧‍👦 picnic",
    ]
    let sent = try test.image(position: 1, seed: 5_000, .png())
    let reference = ReferenceImage(
      position: 1, digest: sent.digest, format: sent.format, width: sent.width,
      height: sent.height, bytes: sent.bytes)
    for index in 0..<72 {
      let tags = [
        ["client/acme"], ["client/bolt", "draft"], ["v1(final)"], ["portrait", "=a*"],
      ][index % 4]
      try test.add(prompts[index % prompts.count], seed: Int64(1000 + index), tags: tags) {
        $0.rating = index % 3 == 0 ? index % 5 + 1 : nil
        $0.isFavorite = index % 7 == 0
        $0.note = index % 9 == 0 ? "crop tighter" : nil
        $0.parent = index == 10 ? GenerationID(3) : nil
        $0.references = index == 10 ? [reference] : []
        if index == 20 { $0.parameters.size = nil }
        // A month before 31 March, which February does not have.
        if index == 30 { $0.createdAt = Timestamp(milliseconds: 1_772_366_400_000) }
      }
    }
    let time = Timestamp(milliseconds: 1_793_866_000_000)
    try test.library.edit(
      .collect("Best of 2026"), on: (1...9).map { GenerationID($0) }, by: "test", at: time)
    _ = try await test.export(test.options())
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Browser/check_page.py").standardized.path
    let axe = try #require(Self.axe)
    let fields = QueryField.all.map(\.name).joined(separator: ",")
    let check = try await TestLibrary.run("python3", [script, test.root + "/out", fields, axe])
    #expect(check.status == 0, "\(check.output)")
  }
}
