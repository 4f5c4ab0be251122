import FilePaths
import Foundation
import SeedbankImaging
import SeedbankModel
import SeedbankStorage
import Testing

@testable import SeedbankGallery

@Suite("Metadata of exported files") struct MetadataTests {
  static let encodings: [ImageEncoding] = [.jpeg(quality: 90), .png(), .webp(quality: 80)]

  private static let prompts = [
    "a cat, in a hat", "一只猫\n第二行", "قطة على السطح", "👩‍👩‍👧‍👦 picnic", "<x:y> & \"quotes\" 'single'",
    String(repeating: "long words ", count: 9100),
  ]

  /// Exports one image of each prompt and returns the names of the files with their generations.
  private func exported(
    _ encoding: ImageEncoding, _ test: TestLibrary, edit: (inout ExportOptions) -> Void = { _ in }
  ) async throws -> [(file: String, generation: Generation)] {
    for (index, prompt) in Self.prompts.enumerated() {
      try test.add(
        prompt, seed: Int64(index + 1), tags: ["client/acme", "猫"], encoding: encoding
      ) {
        $0.rating = 4
        $0.isFavorite = true
        $0.note = "crop tighter"
        $0.gateway = "https://gateway.example"
      }
    }
    let options = test.options {
      $0.template = NameTemplate.mute
      $0.gallery = false
      edit(&$0)
    }
    _ = try await test.export(options)
    let ending = encoding.format.fileExtension
    return try test.library.generations(test.all).enumerated().map {
      (test.root + "/out/000\($0.offset + 1).\(ending)", $0.element)
    }
  }

  @Test(
    "a value of the text of parameters cannot begin another pair or line",
    arguments: ["m\r\nSeed 9", "m\rx", "m,\u{301} x", "m:\u{301}x", "m\"\u{301}x"])
  func quotedValues(model: String) {
    let text = PlainParameters.text(
      Samples.generation(prompt: "a cat", model: model), Samples.image(), software: "Seedbank")
    #expect(text.unicodeScalars.count { $0 == "\n" || $0 == "\r" } == 1)
    #expect(text.contains("Model: \"m"))
  }

  @Test(
    "metadata is written in three forms, pixels stay equal, and a second export changes nothing",
    arguments: encodings
  )
  func embedded(encoding: ImageEncoding) async throws {
    let test = try TestLibrary()
    for (file, generation) in try await exported(encoding, test) {
      let bytes = Array(try #require(FileManager.default.contents(atPath: file)))
      let image = try #require(generation.images.first)
      let original = test.library.folder.absolutePath(of: image)
      #expect(try Picture.decode(bytes).stored == Picture.decode(contentsOf: original).stored)
      let metadata = try MetadataDocument(bytes).metadata
      let packet = metadata.xmpPacket
      let record = try GenerationRecord(json: try #require(packet.record))
      #expect(record.prompt == generation.prompt && record.uid == generation.uid)
      #expect(record.rating == 4 && record.isFavorite && record.note == "crop tighter")
      #expect(record.tags.map(\.description) == ["client/acme", "猫"])
      #expect(record.images.map(\.digest) == [image.digest])
      #expect(packet.rating == 4 && packet.subjects == ["client/acme", "猫"])
      if encoding.format != .jpeg || generation.prompt.utf8.count < 20_000 {
        #expect(metadata.parameters?.hasPrefix(generation.prompt) == true)
      }
    }
    let before = test.contents()
    let second = try await test.export(
      test.options {
        $0.template = NameTemplate.mute
        $0.gallery = false
      })
    #expect(second.kept == Self.prompts.count && test.contents() == before)
  }

  @Test(
    "ExifTool and exiv2 read what was written",
    .enabled(if: TestLibrary.has("exiftool", "exiv2"), "exiftool or exiv2 is not installed"),
    arguments: encodings)
  func oracles(encoding: ImageEncoding) async throws {
    let test = try TestLibrary()
    for (file, generation) in try await exported(encoding, test) {
      let tool = try await TestLibrary.run(
        "exiftool", ["-j", "-XMP:all", "-api", "LargeFileSupport=1", file])
      #expect(tool.status == 0)
      let read = try JSONSerialization.jsonObject(with: Data(tool.output.utf8)) as? [[String: Any]]
      let values = try #require(read?.first)
      let description = (values["Description"] as? String) ?? ""
      if generation.prompt.utf8.count < 20_000 {
        #expect(description.filter { !$0.isNewline } == generation.prompt.filter { !$0.isNewline })
      }
      #expect(values["Rating"] as? Int == 4)
      #expect(values["CreatorTool"] as? String == "Seedbank 0")
      let exiv = try await TestLibrary.run("exiv2", ["-px", "-g", "Xmp.xmp.Rating", file])
      #expect(exiv.output.contains("4"), "\(exiv.output)")
    }
  }

  @Test("editing a tag updates the file, and nothing else does")
  func renewal() async throws {
    let test = try TestLibrary()
    let id = try test.add("one", seed: 1)
    try test.add("two", seed: 2)
    _ = try await test.export(test.options())
    let before = test.contents()
    try test.library.edit(
      .rate(5), on: [id], by: "test", at: Timestamp(milliseconds: 1_793_900_000_000))
    let report = try await test.export(test.options())
    #expect(report.updated == 1 && report.kept == 1)
    #expect(test.contents()["0002-two-2.jpg"] == before["0002-two-2.jpg"])
    #expect(test.contents()["0001-one-1.jpg"] != before["0001-one-1.jpg"])
  }

  @Test("a sidecar has the same metadata beside an unchanged file", arguments: encodings)
  func sidecars(encoding: ImageEncoding) async throws {
    let test = try TestLibrary()
    for (file, generation) in try await exported(encoding, test, edit: { $0.metadata = .sidecar }) {
      let image = try #require(generation.images.first)
      let original = FileManager.default.contents(
        atPath: test.library.folder.absolutePath(of: image).text)
      #expect(FileManager.default.contents(atPath: file) == original)
      let sidecar = try #require(FileManager.default.contents(atPath: file + ".xmp"))
      let packet = XMPPacket(reading: [String(decoding: sidecar, as: UTF8.self)])
      #expect(try GenerationRecord(json: packet.record ?? "").uid == generation.uid)
    }
  }

  @Test(
    "stripping removes all metadata, also that of other tools",
    .enabled(if: TestLibrary.has("exiftool"), "exiftool is not installed"), arguments: encodings)
  func strip(encoding: ImageEncoding) async throws {
    let test = try TestLibrary()
    let told = try await exported(encoding, test)
    // For another library, metadata that this library embedded is foreign metadata.
    let other = try TestLibrary()
    for (file, _) in told {
      let bytes = Array(try #require(FileManager.default.contents(atPath: file)))
      let image = try other.keep(bytes, position: 1, encoding.format)
      try other.add("secret", seed: 9) { $0.images = [image] }
    }
    let report = try await other.export(
      other.options {
        $0.metadata = .strip
        $0.template = .mute
        $0.gallery = false
        $0.manifests = false
      })
    #expect(report.written == told.count)
    for (name, data) in other.contents() where !name.hasPrefix(".") {
      #expect(try !MetadataDocument(Array(data)).containsMetadata())
      #expect(data.range(of: Data("seedream".utf8)) == nil)
      let tool = try await TestLibrary.run(
        "exiftool",
        ["-s", "-XMP:all", "-EXIF:UserComment", "-PNG:Parameters", other.root + "/out/" + name])
      #expect(tool.output.isEmpty, "\(tool.output)")
    }
  }

  @Test("stripping also removes the metadata of reference images", arguments: encodings)
  func stripReferences(encoding: ImageEncoding) async throws {
    let test = try TestLibrary()
    let (file, _) = try #require(try await exported(encoding, test).first)
    let told = Array(try #require(FileManager.default.contents(atPath: file)))
    #expect(try MetadataDocument(told).containsMetadata())
    let other = try TestLibrary()
    let kept = try other.keep(told, position: 1, encoding.format)
    try other.add("a cat", seed: 9, encoding: encoding) {
      $0.references = [
        ReferenceImage(
          position: 1, digest: kept.digest, format: kept.format, width: kept.width,
          height: kept.height, bytes: kept.bytes)
      ]
    }
    _ = try await other.export(other.options { $0.metadata = .strip })
    let references = other.contents().filter { $0.key.contains(kept.digest.hex) }
    #expect(references.count == 1)
    for data in references.values {
      #expect(try !MetadataDocument(Array(data)).containsMetadata())
      #expect(data.range(of: Data("seedream".utf8)) == nil)
    }
    // The same options write nothing again; other options write the original.
    #expect(try await other.export(other.options { $0.metadata = .strip }).written == 0)
    _ = try await other.export(other.options { $0.metadata = .none })
    #expect(
      other.contents().contains { $0.key.contains(kept.digest.hex) && Array($0.value) == told })
  }

  @Test("the name of a model is split into system and version")
  func systems() {
    #expect(SystemName("seedream-3-0-t2i-250415").name == "seedream")
    #expect(SystemName("seedream-3-0-t2i-250415").version == "3-0-t2i-250415")
    #expect(SystemName("ep-custom").name == "ep-custom")
    #expect(SystemName(nil) == SystemName(nil))
  }
}
