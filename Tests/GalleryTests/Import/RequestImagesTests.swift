import FilePaths
import Foundation
import SeedbankImaging
import SeedbankModel
import SeedbankStorage
import TestRandomness
import Testing

@testable import SeedbankGallery

@Suite("Reference images of requests")
struct RequestImagesTests {
  private static let time = Timestamp(milliseconds: 1_760_000_000_000)

  /// Returns a library with generations whose request refers to two images.
  private func home(_ generations: Int = 1) throws -> (ByteHome, [GenerationID]) {
    let home = try ByteHome()
    var random = SeededGenerator(seed: 99)
    var batch = home.library.imageBatch()
    func image(_ seed: Int) throws -> (Digest, Int64) {
      let bytes = try home.picture(seed)
      try batch.add(bytes, digest: Digest(of: bytes), format: "png")
      return (Digest(of: bytes), Int64(bytes.count))
    }
    let drafts = try (0..<generations).map { number in
      var draft = GenerationDraft(
        uid: UID(at: Self.time, using: &random), prompt: "a cat \(number)",
        parameters: Parameters(), createdAt: Self.time, status: .complete)
      let (digest, bytes) = try image(number)
      draft.images = [
        CataloguedImage(
          position: 1, digest: digest, format: "png", width: 24, height: 16, bytes: bytes,
          perceptualHash: nil)
      ]
      draft.references = try [100, 101].enumerated().map { index, seed in
        let (digest, bytes) = try image(seed)
        return ReferenceImage(
          position: index + 1, digest: digest, format: "png", width: 24, height: 16, bytes: bytes)
      }
      return draft
    }
    try batch.flush()
    return (home, try home.library.record(drafts))
  }

  private func export(
    _ ids: [GenerationID], of home: ByteHome, _ edit: (inout ExportOptions) -> Void = { _ in }
  ) async throws -> (FilePath, ExportReport) {
    let target = home.root.appending("out")
    var options = ExportOptions(to: .folder(target), title: "", software: "Seedbank 0")
    options.gallery = false
    edit(&options)
    return (target, try await GalleryExport.run(ids, of: home.library, options: options))
  }

  private func names(_ folder: FilePath) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.text).sorted()
  }

  @Test("are exported once each, and an import of the folder adds them to another library")
  func roundTrip() async throws {
    let (home, ids) = try home(2)
    let (target, _) = try await export(ids, of: home)
    let references = try #require(try home.library.generation(ids[0])).references
    #expect(
      try names(target.appending("references"))
        == references.map { "\($0.digest.hex).png" }.sorted())
    let again = try await export(ids, of: home)
    #expect(again.1.kept == 2 && again.1.written == 0 && again.1.refused.isEmpty)

    let other = try ByteHome()
    let report = try await other.run([target])
    #expect(report.new == 2 && report.problems.isEmpty, "\(report)")
    #expect(try other.library.statusCounts() == [.complete: 2])
    let restored = try #require(try other.library.generation(GenerationID(1)))
    #expect(restored.references.map(\.digest) == references.map(\.digest))
    #expect(restored.references.allSatisfy { $0.missingSince == nil })
    for reference in restored.references {
      let path = other.library.folder.absolutePath(of: reference)
      #expect(ImageStore.digest(ofFileAt: path) == reference.digest)
    }
    #expect(try other.library.check().isSound)
  }

  @Test("that are missing in a library are added by an import of the folder")
  func returned() async throws {
    let (home, ids) = try home()
    let (target, _) = try await export(ids, of: home)
    let reference = try #require(try home.library.generation(ids[0])?.references.first)
    unlink(home.library.folder.absolutePath(of: reference))
    let report = try await home.run([target])
    #expect(report.returned == 1, "\(report)")
    #expect(
      ImageStore.digest(ofFileAt: home.library.folder.absolutePath(of: reference))
        == reference.digest)
  }

  @Test("are shown on the exported page, also without notes and ratings; missing files are not")
  func page() async throws {
    let (home, ids) = try home()
    let references = try #require(try home.library.generation(ids[0])).references
    unlink(home.library.folder.absolutePath(of: references[1]))
    let (target, _) = try await export(ids, of: home) { options in
      options.gallery = true
      options.manifests = false
      options.without = [.note, .rating]
    }
    let page = try String(contentsOfFile: target.appending("index.html").text, encoding: .utf8)
    let file = "references/\(references[0].digest.hex).png"
    #expect(page.contains(#""references":[{"file":"\#(file)","position":1,"role":"image"}]"#))
    #expect(try names(target.appending("references")) == ["\(references[0].digest.hex).png"])
  }

  @Test("that were changed in the folder are not taken")
  func changed() async throws {
    let (home, ids) = try home()
    let (target, _) = try await export(ids, of: home)
    let folder = target.appending("references")
    for name in try names(folder) {
      try Data("not the image".utf8).write(
        to: URL(fileURLWithPath: folder.appending(FilePath(name)).text))
    }
    let other = try ByteHome()
    _ = try await other.run([target])
    let restored = try #require(try other.library.generation(GenerationID(1)))
    #expect(restored.references.allSatisfy { $0.missingSince != nil })
  }

  @Test("are left out if the export has no manifest that names them")
  func withoutManifest() async throws {
    let (home, ids) = try home()
    let (target, _) = try await export(ids, of: home) { $0.manifests = false }
    #expect(!(try names(target)).contains("references"))
  }
}
