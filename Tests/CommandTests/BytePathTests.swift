import Foundation
import SeedbankImaging
import SeedbankModel
import Testing

@Suite("Names that are not UTF-8")
struct BytePathTests {
  private static func harness() async throws -> Harness {
    let harness = try Harness()
    for seed in 1...2 {
      try Data(try SampleLibrary.picture(UInt8(seed))).write(
        to: harness.folder.appendingPathComponent("\(seed).png"))
    }
    _ = try await harness.shell(
      #"mkdir $'in\xe9'; mv 1.png $'in\xe9/caf\xe9.png'; mv 2.png $'in\xe9/caf\u0301.png'"#)
    return harness
  }

  @Test("a library, a folder to import, an image to show and a folder to export to may have them")
  func everywhere() async throws {
    let harness = try await Self.harness()
    let outcome = try await harness.shell(
      #"""
      set -e
      export SEEDBANK_LIBRARY=$'lib\xe8'
      $SEEDBANK import $'in\xe9' --quiet
      $SEEDBANK show $'in\xe9/caf\xe9.png' --format ids
      $SEEDBANK compare $'in\xe9/caf\xe9.png' $'in\xe9/caf\xe9.png' --format json | grep -c identical-file
      test -f "$($SEEDBANK search '' --limit 1 --format paths)"
      test -f "$($SEEDBANK export 'id:1..' --to $'out\xe9')"
      unset SEEDBANK_LIBRARY
      $SEEDBANK check --library=$'lib\xe8'
      $SEEDBANK backup $'copy\xe8' --library $'lib\xe8'
      $SEEDBANK check --library $'copy\xe8'
      """#)
    #expect(outcome.status == 0, "\(outcome)")
  }

  @Test("a query finds a reference image by the name of its file")
  func reference() async throws {
    let harness = try await Self.harness()
    try SampleLibrary(harness).add("a child", shade: 1) {
      $0.references = $0.images.map {
        ReferenceImage(
          position: 1, digest: $0.digest, format: $0.format, width: $0.width, height: $0.height,
          bytes: $0.bytes)
      }
    }
    let outcome = try await harness.shell(
      #"""
      $SEEDBANK search $'similar:in\xe9/caf\xe9.png' --format ids
      $SEEDBANK search $'reference:in\xe9/caf\xe9.png' --format ids
      """#)
    #expect(outcome.status == 0 && outcome.output == "1\n1\n", "\(outcome)")
  }

  @Test("an error shows the name in a form that a shell can read, and JSON contains its bytes")
  func shown() async throws {
    let harness = try await Self.harness()
    let outcome = try await harness.shell(#"$SEEDBANK import $'gone\xe9.png' --format json"#)
    #expect(outcome.status == 66)
    #expect(outcome.talk.contains(#"gone\xE9.png'"#))
    let report = try #require(
      try JSONSerialization.jsonObject(with: outcome.standardOutput) as? [String: Any])
    let problem = try #require((report["problems"] as? [[String: Any]])?.first)
    let bytes = try #require(Data(base64Encoded: problem["path_bytes"] as? String ?? ""))
    #expect(Array(bytes.suffix(9)) == Array("gone".utf8) + [0xE9] + Array(".png".utf8))
  }
}
