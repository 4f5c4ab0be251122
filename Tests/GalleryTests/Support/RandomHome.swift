import FilePaths
import Foundation
import SeedbankImaging
import SeedbankModel
import SeedbankStorage
import TestRandomness

@testable import SeedbankGallery

/// A library that looks as if it had been used for months.
///
/// It has reproductions of reproductions, several images of one generation, files with the same
/// bytes, edits of every kind, a signed file, and text in many scripts.
struct RandomHome {
  let test: TestLibrary
  private var random: SeededGenerator

  init(seed: UInt64) throws {
    test = try TestLibrary()
    random = SeededGenerator(seed: seed)
    var ids: [GenerationID] = []
    // The number exceeds one window of an import, so that children are imported before their
    // parents.
    for index in 0..<70 { ids.append(try grow(index, from: ids)) }
    let signed = try test.signed(seed: 3)
    ids.append(try test.add("signed", seed: 2000) { $0.images = [signed] })
    try edit(ids)
  }

  private mutating func grow(_ index: Int, from ids: [GenerationID]) throws -> GenerationID {
    let prompt = ForeignText.text(&random)
    let encodings: [ImageEncoding] = [.png(), .jpeg(quality: 80), .webp(quality: 70)]
    let parent = ids.isEmpty || index % 3 > 0 ? nil : ids.randomElement(using: &random)
    let tags = ["client/acme", "猫", "draft"].filter { _ in Bool.random(using: &random) }
    // Some generations have the same seed, and therefore the same bytes.
    let id = try test.add(
      prompt, seed: Int64(index % 60), tags: tags, images: index % 7 == 0 ? 3 : 1,
      encoding: encodings[index % 3]
    ) {
      $0.parent = parent
      if parent != nil {
        $0.parentChange = #"{"seed":7}"#
        $0.verdict = RecordedVerdict(
          kind: "near-identical", detail: #"{"mean_absolute_error":1.25}"#)
      }
      $0.gateway = "https://gateway.example"
      $0.jobID = "job-\(index)"
      $0.usage = #"{"generated_images":1}"#
      $0.requestBody = Array("{\"prompt\":\"\(index) é\"}".utf8)
      $0.replyBody = Array(#"{"url":"https://cdn.example/?sig=1"}"#.utf8)
      $0.createdAt = Timestamp(milliseconds: 1_793_865_899_000 + Int64(index) * 60_007)
    }
    try test.library.note(
      event: "retry", detail: "the gateway was busy", on: id,
      at: Timestamp(milliseconds: 1_793_999_000_000))
    return id
  }

  private mutating func edit(_ ids: [GenerationID]) throws {
    let edits: [Edit] = [
      .rate(4), .rate(nil), .note("crop tighter\n次"), .note(nil), .favorite(true), .favorite(false),
      .collect("Best of May"), .collect("猫/cats"), .uncollect("Best of May"),
      .tag(add: ["later"].compactMap { TagName($0) }, remove: ["draft"].compactMap { TagName($0) }),
    ]
    try test.library.edit(
      .collect("Best of May"), on: Array(ids.prefix(4)), by: "test",
      at: Timestamp(milliseconds: 1_794_000_000_000))
    for step in 0..<40 {
      let some = ids.filter { _ in Int.random(in: 0..<9, using: &random) == 0 }
      guard let edit = edits.randomElement(using: &random) else { continue }
      try test.library.edit(
        edit, on: some, by: "test",
        at: Timestamp(milliseconds: 1_794_000_001_000 + Int64(step) * 1000))
    }
  }
}

extension TestLibrary {
  /// Whether the check reports no error and every image has the bytes that its digest names.
  var isSound: Bool {
    get throws {
      let images = try library.generations(all).flatMap(\.images)
      return try library.check().faults.isEmpty
        && images.allSatisfy {
          $0.missingSince == nil
            && ImageStore.digest(ofFileAt: library.folder.absolutePath(of: $0)) == $0.digest
        }
    }
  }

  /// Imports a folder into this library.
  func importing(
    _ folder: String, link: ImageBatch.Link? = nil, edit: (inout ImportOptions) -> Void = { _ in }
  ) async throws -> ImportReport {
    var random = SeededGenerator(seed: 99)
    var options = ImportOptions(paths: [FilePath(folder)], link: link)
    edit(&options)
    return try await Importer(into: .library(library), options: options).run(
      at: Timestamp(milliseconds: 1_795_000_000_000), using: &random)
  }
}
