import Foundation
import SeedbankModel
import SeedbankStorage
import Testing

@testable import seedbank

@Suite("show --lineage")
struct LineageTests {
  let harness: Harness

  init() throws {
    harness = try Harness()
    let sample = try SampleLibrary(harness)
    try sample.add("a lighthouse at dusk on a rocky coast, watercolor", seed: 1)
    try child(sample, seed: 2, of: 1, "{}", verdict: "near-identical")
    try child(sample, seed: 3, of: 1, #"{"seed":7,"guidance_scale":4.5}"#)
    try child(sample, seed: 4, of: 3, #"{"prompt":"a \"windmill\" \u001b[31m"}"#)
    try child(sample, seed: 5, of: 4, #"{"seed":8}"#, verdict: "different")
    try child(sample, seed: 6, of: 4, nil)
  }

  private func child(
    _ sample: SampleLibrary, seed: Int64, of parent: Int64, _ change: String?,
    verdict: String? = nil
  ) throws {
    try sample.add("a lighthouse", seed: seed) {
      $0.parent = GenerationID(parent)
      $0.parentChange = change
      $0.verdict = verdict.map { RecordedVerdict(kind: $0, detail: "{}") }
    }
  }

  @Test("the tree shows the changes and the verdict of each step")
  func tree() async throws {
    try await expectSnapshot(harness.succeed("show", "3", "--lineage").output, "lineage-middle")
    try await expectSnapshot(harness.succeed("show", "5", "--lineage").output, "lineage-leaf")
  }

  @Test("it is printed in other formats", arguments: ["json", "jsonl", "ids"])
  func formats(format: String) async throws {
    let output = try await harness.succeed("show", "3", "--lineage", "--format", format).output
    if format == "ids" {
      #expect(output == "1\n3\n4\n5\n6\n")
    } else {
      let text =
        format == "json" ? output : "[" + output.split(separator: "\n").joined(separator: ",") + "]"
      let tree = try #require(
        try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
      #expect(tree.map { $0["id"] as? Int } == [1, 3, 4, 5, 6])
      #expect(tree.map { $0["current"] as? Bool } == [false, true, false, false, false])
      #expect((tree[1]["changes"] as? [String: Any])?["seed"] as? Int == 7)
      #expect((tree[3]["verdict"] as? [String: Any])?["kind"] as? String == "different")
      #expect(tree[4]["changes"] is NSNull)
    }
  }

  @Test(
    "no line is wider than the terminal, also in a narrow terminal and with a deep tree",
    arguments: [24, 38, 80])
  func narrow(width: Int) throws {
    let library = try Library.open(LibraryFolder(path: harness.library.path), for: .reading)
    let lineage = try #require(try library.lineage(of: GenerationID(4)))
    let report = LineageReport(
      lineage: lineage, style: style(), width: width)
    for line in report.text.split(separator: "\n") {
      #expect(DisplayWidth.of(line) <= width, "\(line)")
    }
  }

  @Test("--as and --lineage cannot be combined")
  func exclusive() async throws {
    #expect(try await harness.run("show", "1", "--lineage", "--as", "curl").status == 64)
  }

  private func style() -> Style {
    let plain = Environment(variables: [:])
    return Style(.never, terminal: Terminal(descriptor: -1, environment: plain), environment: plain)
  }
}
