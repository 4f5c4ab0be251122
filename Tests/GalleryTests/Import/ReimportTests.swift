import FilePaths
import Foundation
import SeedbankImaging
import SeedbankModel
import SeedbankStorage
import Testing

@testable import SeedbankGallery

@Suite("Exports imported into the library that has their images") struct ReimportTests {
  typealias File = ForeignFile

  /// Files whose own metadata an export changes, which cannot be undone.
  enum Original: CaseIterable {
    case jpeg, png, webp

    func file() throws -> [UInt8] {
      let packet = File.xmp(File.list("dc:subject", ["sea"]))
      switch self {
      case .jpeg:
        let orientation = File.Tag(number: 0x0112, type: 3, value: [6, 0])
        return try File.jpeg([
          File.exifSegment(File.exif([.ascii(0x010F, "Camera"), orientation]))
        ])
      case .png:
        return try File.png([File.internationalText("XML:com.adobe.xmp", packet)])
      case .webp:
        return try File.webp([File.chunk("XMP ", Array(packet.utf8))], flags: 0x04)
      }
    }
  }

  private let test: TestLibrary

  init() throws { test = try TestLibrary() }

  private func folder(_ name: String, holding file: [UInt8]) throws -> String {
    let folder = test.root + "/" + name
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data(file).write(to: URL(fileURLWithPath: folder + "/a.img"))
    return folder
  }

  private var images: [CataloguedImage]? {
    get throws { try test.library.generation(GenerationID(1))?.images }
  }

  @Test("a generation keeps its one image, also after an edit", arguments: Original.allCases)
  func ownExport(original: Original) async throws {
    let input = try folder("in", holding: original.file())
    #expect(try await test.importing(input).new == 1)
    let before = try images
    for round in 1...3 {
      _ = try await test.export(test.options("out\(round)") { $0.gallery = false })
      let report = try await test.importing(test.root + "/out\(round)")
      #expect(report.records == 1 && report.new == 0 && report.merged == 0)
      #expect(try images == before)
      try test.library.edit(
        .tag(add: ["tag\(round)"].compactMap { TagName($0) }, remove: []), on: test.all, by: "ana",
        at: Timestamp(milliseconds: 1_796_000_000_000))
    }
    #expect(try test.isSound)
  }

  @Test("the export of another library that has the exported file adds no image either")
  func exportOfOther() async throws {
    let input = try folder("in", holding: Original.jpeg.file())
    #expect(try await test.importing(input).new == 1)
    let before = try images
    _ = try await test.export(test.options { $0.gallery = false })
    let away = try TestLibrary()
    #expect(try await away.importing(test.root + "/out").records == 1)
    _ = try await away.export(away.options { $0.gallery = false })
    #expect(try await test.importing(away.root + "/out").records == 1)
    #expect(try images == before)
  }

  @Test("an exported file with edited pixels is a second image")
  func editedPixels() async throws {
    let input = try folder("in", holding: Original.png.file())
    #expect(try await test.importing(input).new == 1)
    _ = try await test.export(test.options { $0.gallery = false })
    let name = try #require(test.contents().keys.first { $0.hasSuffix(".png") })
    let exported = try MetadataDocument(Array(try #require(test.contents()[name])))
    let samples = [UInt8](repeating: 9, count: 192)
    let pixels = try #require(Pixels(width: 8, height: 8, layout: .rgb, bytes: samples))
    let other = try pixels.encoded(as: .png())
    let copies = ProvenanceCopies(xmp: exported.metadata.xmpPacket)
    let edited = try MetadataDocument(other).embedding(copies).applied(to: other)
    #expect(try await test.importing(folder("edited", holding: edited)).records == 1)
    #expect(try images?.count == 2)
  }
}
