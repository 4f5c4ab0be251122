import FilePaths
import Foundation
import SeedbankImaging
import SeedbankModel
import SeedbankStorage
import Testing

@testable import SeedbankGallery

@Suite("Exports to folders") struct FolderExportTests {
  @Test("images, page, thumbnails and manifests are in the folder")
  func whole() async throws {
    let test = try TestLibrary()
    try test.add("A cat, in a hat", seed: 1, tags: ["animals"])
    try test.add("</script><b>bold</b>", seed: 2, images: 2, encoding: .png())
    let report = try await test.export(test.options { $0.metadata = .none })
    #expect(report.written == 3 && report.refused.isEmpty)
    let files = test.contents()
    let images = files.keys.filter { !$0.contains("/") && !$0.hasPrefix(".") }.sorted()
    #expect(
      images == [
        "0001-A-cat-in-a-hat-1.jpg", "0002-script-b-bold-b-2.png", "0002.2-script-b-bold-b-2.png",
        "index.html", "manifest.csv", "manifest.jsonl",
      ])
    #expect(files.keys.count { $0.hasPrefix("thumbnails/") } == 6)
    let page = String(decoding: files["index.html"] ?? Data(), as: UTF8.self)
    #expect(page.contains("<title>Test &amp; &lt;Co&gt;</title>"))
    #expect(page.contains(#"\u003c/script>\u003cb>bold"#))
    #expect(!page.contains("</script><b>"))
    let lines = String(decoding: files["manifest.jsonl"] ?? Data(), as: UTF8.self)
      .split(separator: "\n")
    let record = try GenerationRecord(json: lines[1])
    #expect(
      record.images.map(\.path) == ["0002-script-b-bold-b-2.png", "0002.2-script-b-bold-b-2.png"])
    let table = files["manifest.csv"] ?? Data()
    #expect(table.prefix(3) == Data([0xEF, 0xBB, 0xBF]))
    #expect(String(decoding: table, as: UTF8.self).split(whereSeparator: \.isNewline).count == 4)
  }

  @Test("a second run writes nothing, and a third one writes only changes")
  func again() async throws {
    let test = try TestLibrary()
    try test.add("one", seed: 1)
    try test.add("two", seed: 2)
    let options = test.options { $0.metadata = .sidecar }
    _ = try await test.export(options)
    let before = test.contents()
    let second = try await test.export(options)
    #expect(second.kept == 2 && second.written == 0 && second.bytes == 0)
    #expect(test.contents() == before)
    try test.add("three", seed: 3)
    let third = try await test.export(options)
    #expect(third.kept == 2 && third.written == 1)
    #expect(test.contents()["0001-one-1.jpg"] == before["0001-one-1.jpg"])
  }

  @Test("files that were not written by an export, or edited since, are kept")
  func foreign() async throws {
    let test = try TestLibrary()
    try test.add("one", seed: 1)
    try test.add("two", seed: 2)
    let folder = test.root + "/out"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try Data("mine".utf8).write(to: URL(fileURLWithPath: folder + "/0001-one-1.jpg"))
    let options = test.options { $0.metadata = .none }
    let report = try await test.export(options)
    #expect(report.written == 1)
    #expect(report.refused == [RefusedFile(path: "0001-one-1.jpg", reason: .foreign)])
    #expect(test.contents()["0001-one-1.jpg"] == Data("mine".utf8))
    try Data("edited".utf8).write(to: URL(fileURLWithPath: folder + "/0002-two-2.jpg"))
    let second = try await test.export(options)
    #expect(second.refused.map(\.reason) == [.foreign, .edited])
    #expect(test.contents()["0002-two-2.jpg"] == Data("edited".utf8))
  }

  @Test("pruning removes only what an export wrote")
  func prune() async throws {
    let test = try TestLibrary()
    try test.add("one", seed: 1, tags: ["a"])
    try test.add("two", seed: 2, tags: ["b"])
    _ = try await test.export(test.options { $0.grouping = .tag })
    try Data("mine".utf8).write(to: URL(fileURLWithPath: test.root + "/out/b/mine.jpg"))
    let kept = try await GalleryExport.run(
      [GenerationID(1)], of: test.library, options: test.options { $0.grouping = .tag })
    #expect(kept.leftovers == 1 && kept.pruned == 0)
    #expect(test.contents()["b/0002-two-2.jpg"] != nil)
    let pruned = try await GalleryExport.run(
      [GenerationID(1)], of: test.library,
      options: test.options {
        $0.grouping = .tag
        $0.prune = true
      })
    #expect(pruned.pruned == 1)
    let files = test.contents()
    #expect(files["b/0002-two-2.jpg"] == nil && files["b/mine.jpg"] != nil)
    #expect(files.keys.count { $0.hasPrefix("thumbnails/") } == 2)
  }

  @Test("pruning removes its own sidecars of images that now contain their metadata")
  func pruneSidecars() async throws {
    let test = try TestLibrary()
    for seed in 1...2 { try test.add("picture \(seed)", seed: Int64(seed)) }
    // Its own packet is replaced. In the other files, the metadata is only inserted.
    let packet = ForeignFile.xmp(ForeignFile.list("dc:subject", ["sea"]))
    let chunk = ForeignFile.internationalText("XML:com.adobe.xmp", packet)
    let image = try test.keep(try ForeignFile.png([chunk]), position: 1, .png)
    try test.add("picture 3", seed: 3) { $0.images = [image] }
    let signed = try test.signed(seed: 4)
    try test.add("picture 4", seed: 4) { $0.images = [signed] }
    _ = try await test.export(test.options { $0.metadata = .sidecar })
    let sidecars = test.contents().keys.filter { $0.hasSuffix(".xmp") }.sorted()
    try #require(sidecars.count == 4)
    try Data("mine".utf8).write(to: URL(fileURLWithPath: test.root + "/out/" + sidecars[0]))
    _ = try await test.export(test.options { $0.metadata = .embed })
    #expect(test.contents()[sidecars[1]] != nil)
    // A later run that writes nothing else removes the file too.
    let pruned = try await test.export(
      test.options {
        $0.metadata = .embed
        $0.prune = true
      })
    #expect(pruned.refused.map(\.path) == [sidecars[0]])
    #expect(test.contents()[sidecars[0]] == Data("mine".utf8))
    #expect(test.contents()[sidecars[1]] == nil && test.contents()[sidecars[2]] == nil)
    #expect(test.contents()[sidecars[3]] != nil, "a signed file contains no metadata")
  }

  @Test("after a stop at any step, the next run continues and gives the same folder")
  func stopped() async throws {
    let test = try TestLibrary()
    for seed in 1...9 { try test.add("picture \(seed)", seed: Int64(seed)) }
    let whole = test.options("whole") { $0.metadata = .none }
    _ = try await test.export(whole)
    for cut in [1, 3, 6] {
      let folder = "cut\(cut)"
      let options = test.options(folder) { $0.metadata = .none }
      let record = ExportLayout.record
      _ = try await test.export(options)
      // The state after an interrupted export: lines of the record without their files, an
      // incomplete line, and a draft.
      let path = test.root + "/" + folder + "/"
      let lines = (test.contents(folder)[record] ?? Data()).split(separator: 10)
      for line in lines.dropFirst(cut) {
        guard case .entry(let entry) = RecordLine(json: line) else { continue }
        try FileManager.default.removeItem(atPath: path + entry.path.description)
      }
      let left = lines.prefix(cut + 2).joined(separator: [10]) + Data("\n{\"path\":\"x".utf8)
      try Data(left).write(to: URL(fileURLWithPath: path + record))
      try Data("part".utf8).write(to: URL(fileURLWithPath: path + ".seedbank-export.part-7"))
      let report = try await test.export(options)
      #expect(report.refused.isEmpty && report.images == 9)
      var files = test.contents(folder)
      var wanted = test.contents("whole")
      files[record] = nil
      wanted[record] = nil
      #expect(files == wanted)
    }
  }

  @Test("after a stop between the record and the new file, the old file is recognized and replaced")
  func stoppedWhileRenewing() async throws {
    let test = try TestLibrary()
    for seed in 1...3 { try test.add("picture \(seed)", seed: Int64(seed)) }
    _ = try await test.export(test.options())
    // A hard link keeps the old file, including its time.
    let (path, aside) = (test.root + "/out/0002-picture-2-2.jpg", test.root + "/aside.jpg")
    try FileManager.default.linkItem(atPath: path, toPath: aside)
    try test.library.edit(
      .rate(5), on: [GenerationID(2)], by: "test", at: Timestamp(milliseconds: 1_793_900_000_000))
    _ = try await test.export(test.options())
    let wanted = test.contents()
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.moveItem(atPath: aside, toPath: path)
    let report = try await test.export(test.options())
    #expect(report.refused.isEmpty && report.updated == 1 && report.kept == 2)
    #expect(test.contents()["0002-picture-2-2.jpg"] == wanted["0002-picture-2-2.jpg"])
  }

  @Test(
    "a file with another time is recognized by its bytes",
    arguments: [ImageEncoding.jpeg(quality: 85), .png(), .webp(quality: 80)])
  func otherTime(encoding: ImageEncoding) async throws {
    let test = try TestLibrary()
    try test.add("one", seed: 1, encoding: encoding)
    let options = test.options { $0.gallery = false }
    _ = try await test.export(options)
    let name = "0001-one-1." + encoding.format.fileExtension
    let path = test.root + "/out/" + name
    let bytes = try #require(test.contents()[name])
    try bytes.write(to: URL(fileURLWithPath: path))
    #expect(try await test.export(options).kept == 1)
    for place in [bytes.count / 2, bytes.count - 20, 60] {
      var edited = bytes
      edited[place] ^= 1
      try edited.write(to: URL(fileURLWithPath: path))
      #expect(try await test.export(options).refused.map(\.reason) == [.edited], "\(place)")
    }
    try bytes.write(to: URL(fileURLWithPath: path))
    try test.library.edit(
      .rate(5), on: [GenerationID(1)], by: "test", at: Timestamp(milliseconds: 1_793_900_000_000))
    #expect(try await test.export(options).updated == 1)
  }

  @Test("a dry run writes nothing and predicts the run")
  func dryRun() async throws {
    let test = try TestLibrary()
    try test.add("one", seed: 1)
    let plan = try await test.export(test.options { $0.dryRun = true })
    #expect(plan.written == 1)
    #expect(!FileManager.default.fileExists(atPath: test.root + "/out"))
    _ = try await test.export(test.options())
    let second = try await test.export(test.options { $0.dryRun = true })
    #expect(second.kept == 1 && second.written == 0)
  }

  @Test("links refer to the file in the library, and embedding creates copies with a note")
  func links() async throws {
    let test = try TestLibrary()
    try test.add("one", seed: 1)
    func number(_ path: String) throws -> Int? {
      try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
    }
    let image = try #require(try test.library.generation(GenerationID(1))?.images.first)
    let source = test.library.folder.absolutePath(of: image).text
    for mode in [LinkMode.hard, .symlink] {
      let options = test.options(mode.rawValue) {
        $0.metadata = .none
        $0.link = mode
      }
      let report = try await test.export(options)
      #expect(report.written == 1 && !report.copiedToEmbed)
      let path = test.root + "/\(mode.rawValue)/0001-one-1.jpg"
      if mode == .hard { #expect(try number(path) == number(source)) }
      if mode == .symlink {
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: path) == source)
      }
      #expect(try await test.export(options).kept == 1)
    }
    for mode in [LinkMode.hard, .symlink, .reflink] {
      let copied = try await test.export(
        test.options("copied-\(mode)") {
          $0.link = mode
          $0.metadata = .embed
        })
      #expect(copied.copiedToEmbed)
      #expect(try number(test.root + "/copied-\(mode)/0001-one-1.jpg") != number(source))
    }
  }

  @Test("a link that cannot be created is a clear error")
  func refusedLinks() async throws {
    let test = try TestLibrary()
    try test.add("one", seed: 1)
    let shared = "/dev/shm/gallery-tests-\(UUID().uuidString)"
    try #require(FileManager.default.fileExists(atPath: "/dev/shm"))
    defer { try? FileManager.default.removeItem(atPath: shared) }
    for mode in [LinkMode.hard, .reflink] {
      var options = ExportOptions(to: .folder(FilePath(shared)), title: "", software: "")
      options.metadata = .none
      options.link = mode
      await #expect {
        try await test.export(options)
      } throws: { error in
        guard case ExportError.linkRefused(mode, _, let reason) = error else { return false }
        return reason == .otherFileSystem || reason == .notSupported
      }
    }
  }

  @Test("an export is refused inside the library, through a link, and twice at the same time")
  func refusals() async throws {
    let test = try TestLibrary()
    try test.add("one", seed: 1, tags: ["a"])
    let inside = test.options("library/images/out")
    await #expect(
      throws: ExportError.insideLibrary(path: FilePath(test.root + "/library/images/out"))
    ) {
      try await test.export(inside)
    }
    try FileManager.default.createDirectory(
      atPath: test.root + "/elsewhere", withIntermediateDirectories: true)
    try FileManager.default.createDirectory(
      atPath: test.root + "/out", withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(
      atPath: test.root + "/out/a", withDestinationPath: test.root + "/elsewhere")
    await #expect(throws: ExportError.leadsElsewhere(path: FilePath(test.root + "/out/a"))) {
      try await test.export(test.options { $0.grouping = .tag })
    }
    #expect(test.contents("elsewhere").isEmpty)
    let folder = ExportFolder(path: FilePath(test.root + "/out"))
    let first = try RecordFile(in: folder)
    await #expect(throws: ExportError.busy(path: folder.path)) {
      try await test.export(test.options())
    }
    withExtendedLifetime(first) {}
  }

  @Test("a file that is another image is named and has no thumbnail until it is restored")
  func replacedFile() async throws {
    let test = try TestLibrary()
    try test.add("one", seed: 1)
    try test.add("two", seed: 2)
    let images = try test.library.generations((1...2).map { GenerationID($0) }).flatMap(\.images)
    let files = images.map { URL(fileURLWithPath: test.library.folder.absolutePath(of: $0).text) }
    let recorded = try Data(contentsOf: files[0])
    try Data(contentsOf: files[1]).write(to: files[0], options: .atomic)
    func thumbnails() -> Int {
      let names = PageItem.thumbnailSides.map {
        ExportLayout.thumbnail(images[0].digest.hex, longSide: $0).description
      }
      let contents = test.contents()
      return names.count { contents[$0] != nil }
    }
    #expect(try await test.export(test.options()).unreadable == ["1"])
    #expect(thumbnails() == 0)
    try recorded.write(to: files[0], options: .atomic)
    #expect(try await test.export(test.options()).unreadable == [])
    #expect(thumbnails() == 2)
  }

  @Test("an image with a missing file is named, and the others are exported")
  func missing() async throws {
    let test = try TestLibrary()
    try test.add("one", seed: 1)
    try test.add("two", seed: 2)
    let image = try #require(try test.library.generation(GenerationID(1))?.images.first)
    try FileManager.default.removeItem(atPath: test.library.folder.absolutePath(of: image).text)
    let report = try await test.export(test.options())
    #expect(report.missing == ["1"] && report.written == 1)
  }
}
