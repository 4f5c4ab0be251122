import FilePaths
import Foundation
import SeedbankProviders
import Testing

@testable import SeedbankSync

@Suite("The reference images of a file of prompts")
struct PromptBatchReferenceTests {
  @Test("stay links if one of its models takes only links")
  func links() throws {
    let path = NSTemporaryDirectory() + "references-\(UUID()).jsonl"
    try Data(
      """
      {"prompt":"a"}
      {"prompt":"b","model":"seedream-4-0-250828"}
      {"prompt":"c"}

      """.utf8
    ).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let template = RequestTemplate(
      parameters: RequestParameters(
        model: "seedream-5-lite", references: [.link("https://a.example/1.png")]))
    let file = try PromptFile(path: FilePath(path), spool: NSTemporaryDirectory())
    let batch = try PromptBatch(checking: file, as: template)
    #expect(batch.referenceRule.form == .link)
  }

  @Test("have the stricter limit of each kind of two models")
  func limits() {
    let one = ReferenceRule(0...14, .data, largestFile: 10, smallestSide: 2)
    let other = ReferenceRule(1...1, .file, largestFile: 8, largestArea: 5)
    #expect(
      one.combined(with: other)
        == ReferenceRule(1...1, .data, largestFile: 8, largestArea: 5, smallestSide: 2))
  }
}
