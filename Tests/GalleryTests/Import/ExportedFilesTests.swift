import FilePaths
import SeedbankModel
import SeedbankStorage
import TestRandomness
import Testing

@testable import SeedbankGallery

@Suite("Which files of an export an import takes")
struct ExportedFilesTests {
  private static let time = Timestamp(milliseconds: 1_760_000_000_000)

  /// Exports two images from another library to the folder `out` that `home` imports.
  private func export(
    to home: ByteHome, _ edit: (inout ExportOptions) throws -> Void = { _ in }
  ) async throws {
    let source = try ByteHome(imports: 1_000)
    for seed in 1...2 { try source.write(source.picture(seed), FilePath("\(seed).png")) }
    let ids = try await source.run().imported
    var options = ExportOptions(
      to: .folder(home.input.appending("out")), title: "", software: "Seedbank 0")
    options.metadata = .none
    try edit(&options)
    let report = try await GalleryExport.run(ids, of: source.library, options: options)
    #expect(report.written == 2 && report.refused.isEmpty)
    withExtendedLifetime(source) {}
  }

  private func thumbnails(_ report: ImportReport) -> Int {
    report.leftOut.filter { $0.reason == .thumbnail }.reduce(0) { $0 + $1.files }
  }

  @Test(
    "images whose names the template makes from reserved names are imported",
    arguments: [
      "references/{id}", "References/{id}", "thumbnails/{id}", "contact-sheet-{id:03}",
      "contact-sheet-{id}", "Contact-Sheet-{id:03}",
    ])
  func reservedNames(template: String) async throws {
    let home = try ByteHome()
    try await export(to: home) { $0.template = try NameTemplate(template) }
    let report = try await home.run()
    #expect(report.new == 2 && report.problems.isEmpty)
    #expect(thumbnails(report) == 4)
  }

  @Test("a name that an export reserves gets another one, and only that one")
  func otherNames() throws {
    let facts = Samples.facts(Samples.generation())
    for (template, name) in [
      ("references/{id}", "references_/12.jpg"), ("REFERENCES/{id}", "REFERENCES_/12.jpg"),
      ("a/references/{id}", "a/references/12.jpg"), ("references", "references.jpg"),
      ("contact-sheet-{id:03}", "_contact-sheet-012.jpg"),
      ("Contact-Sheet-{id:03}", "_Contact-Sheet-012.jpg"),
      ("contact-sheet-{id}", "contact-sheet-12.jpg"),
      ("contact-sheet-{id:03}-{seed}", "contact-sheet-012-42.jpg"),
      ("a/contact-sheet-{id:03}", "a/contact-sheet-012.jpg"),
      ("x.gif/{id}", "x.gif_/12.jpg"), ("x.jxl/{id}", "x.jxl_/12.jpg"),
    ] {
      #expect(try Samples.path(template, facts) == name)
    }
  }

  @Test("a person's own images in the folder of an export are imported")
  func ownImages() async throws {
    let home = try ByteHome()
    try await export(to: home)
    let own: [FilePath] = [
      "out/references/mine.png", "out/contact-sheet-mine.png", "out/contact-sheet-001.png",
      "out/thumbnails/mine.png",
    ]
    for (seed, name) in own.enumerated() { try home.write(home.picture(seed + 10), name) }
    let report = try await home.run()
    #expect(report.new == 2 + own.count && report.problems.isEmpty, "\(report)")
    #expect(thumbnails(report) == 4)
  }

  @Test("in an unpacked archive, only files that belong to its images are skipped")
  func archive() async throws {
    let home = try ByteHome()
    try await export(to: home)
    try #require(unlink(home.input.appending("out").appending(ExportLayout.record)) == 0)
    let own: [FilePath] = [
      "out/references/mine.png", "out/contact-sheet-mine.png", "out/thumbnails/mine.png",
    ]
    for (seed, name) in own.enumerated() { try home.write(home.picture(seed + 10), name) }
    // The manifest does not name contact sheets.
    try home.write(home.picture(20), "out/contact-sheet-001.png")
    let report = try await home.run()
    #expect(report.new == 2 + own.count && report.problems.isEmpty, "\(report)")
    #expect(thumbnails(report) == 5)
  }

  /// A line of a record.
  private static func entry(_ path: String, _ role: ExportEntry.Role) -> [UInt8] {
    let entry = ExportEntry(
      path: RelativePath(parts: [path]), role: role, owner: nil, number: nil, requestedName: nil,
      isLink: false, size: 1, modified: 1, digest: "", recipe: "")
    return RecordLine.entry(entry).json
  }

  @Test("the record of an export says which files belong to it")
  func record() throws {
    let home = try ByteHome()
    func entry(_ path: String, _ role: ExportEntry.Role) -> [UInt8] { Self.entry(path, role) }
    let (first, second) = (Self.thumbnail, Self.thumbnail + "0.jpg")
    let lines: [[UInt8]] = [
      RecordLine.header(version: 1).json, entry("contact-sheet-001.jpg", .sheet),
      entry("contact-sheet-002.jpg", .image), entry("contact-sheet-003.jpg", .sheet),
      entry("references/a.png", .reference), entry("references/b.png", .image),
      entry(first, .thumbnail), entry(second, .thumbnail), entry("a/references/c.png", .image),
      RecordLine.removed(RelativePath(parts: ["contact-sheet-003.jpg"])).json,
      Array("{\"path\":\"x".utf8),
    ]
    try home.write(Array(lines.joined()), FilePath(ExportLayout.record))
    let files = try #require(ExportedFiles(in: home.input))
    #expect(files.role(of: "contact-sheet-001.jpg") == .sheet)
    #expect(files.role(of: "contact-sheet-002.jpg") == nil)
    #expect(files.role(of: "contact-sheet-003.jpg") == nil)
    #expect(files.role(of: "references/a.png") == .reference)
    #expect(files.role(of: "references/b.png") == nil)
    #expect(files.role(of: FilePath(first)) == .thumbnail)
    #expect(files.role(of: FilePath(second)) == .thumbnail)
    #expect(files.role(of: "thumbnails/ab/mine.png") == nil)
    // The next export ends the incomplete line.
    let more: [[UInt8]] = [
      [UInt8(ascii: "\n")], entry(first, .image), entry(second, .image),
      entry(second, .thumbnail),
    ]
    try home.write(Array((lines + more).joined()), FilePath(ExportLayout.record))
    let later = try #require(ExportedFiles(in: home.input))
    #expect(later.role(of: FilePath(first)) == nil)
    #expect(later.role(of: FilePath(second)) == .thumbnail)
    withExtendedLifetime(home) {}
  }

  private static let thumbnail = "thumbnails/ab/ab0123456789abcdef012345-320.jpg"

  @Test("thumbnails are recognized by the form of their paths")
  func thumbnailPaths() {
    let path = ExportLayout.thumbnail(Digest(of: [UInt8](1...3)).hex, longSide: 640)
    #expect(ExportLayout.isThumbnail(path.description.utf8))
    #expect(ExportLayout.isThumbnail(Self.thumbnail.utf8))
    for other in [
      "thumbnails/ac/ab0123456789abcdef012345-320.jpg",
      "thumbnails/ab/ab0123456789abcdef01234-320.jpg",
      "thumbnails/ab/ab0123456789abcdef0123456-320.jpg",
      "thumbnails/ab/ab0123456789ABCDEF012345-320.jpg",
      "thumbnails/ab/ab0123456789abcdef012345.jpg", "thumbnails/ab/ab0123456789abcdef012345-.jpg",
      "thumbnails/ab/ab0123456789abcdef012345-320.png", "thumbnails/mine.jpg",
      "a/thumbnails/ab/ab0123456789abcdef012345-320.jpg",
    ] {
      #expect(!ExportLayout.isThumbnail(other.utf8), "\(other)")
    }
  }

  @Test(
    "if the record cannot be read, all files with such names belong to the export",
    arguments: [RecordLine.header(version: 2).json, [UInt8](repeating: 0, count: 4)])
  func unreadableRecord(record: [UInt8]) async throws {
    let home = try ByteHome()
    try await export(to: home)
    try home.write(record, FilePath("out").appending(ExportLayout.record))
    try home.write(home.picture(20), "out/contact-sheet-001.png")
    let report = try await home.run()
    #expect(report.new == 2 && report.problems.isEmpty)
    #expect(thumbnails(report) == 5)
    let files = try #require(ExportedFiles(in: home.input.appending("out")))
    #expect(files.role(of: "contact-sheet-009.jpg") == .sheet)
    #expect(files.role(of: "references/a.png") == .reference)
    #expect(files.role(of: "thumbnails/ab/a.png") == .thumbnail)
    #expect(files.role(of: "a.png") == nil)
    withExtendedLifetime(home) {}
  }

  @Test("a file that a running export writes after its record was read is skipped")
  func runningExport() throws {
    let home = try ByteHome()
    let out = home.input.appending("out")
    let header = RecordLine.header(version: 1).json
    try home.write(header, FilePath("out").appending(ExportLayout.record))
    // Its name is looked up in the record.
    let own = try home.write(home.picture(1), "out/contact-sheet-001.png")
    let mine = try home.write(home.picture(2), "out/references/mine.png")
    let record = try home.write(
      header + Self.entry("references/a.png", .reference), "../new-record.jsonl")
    let image = try home.write(home.picture(3), "../a.png")
    let scan = ImportScan(ImportOptions(paths: [home.input]), excluding: nil) { folder in
      guard folder.name == FilePath(ExportLayout.references) else { return true }
      _ = rename(record, out.appending(ExportLayout.record))
      _ = rename(image, folder.appending("a.png"))
      return true
    }
    #expect(scan.files.map(\.path) == [own, mine])
    #expect(scan.referenceFolders == [out.appending("references")])
    withExtendedLifetime(home) {}
  }

  @Test("lines that are too long are skipped, and the others keep their offsets")
  func longLines() throws {
    let home = try ByteHome()
    let long = [UInt8](repeating: UInt8(ascii: "x"), count: 300_000)
    let path = try home.write(
      Array("one\n".utf8) + long + Array("\ntwo\n\nthree".utf8), "lines")
    func read(longest: Int) throws -> (lines: [String], isIncomplete: Bool) {
      let file = try #require(FileLines(path, longest: longest))
      var lines: [String] = []
      while let (place, line) = file.next() {
        let again = try #require(file.line(at: place))
        let isEqual = again.elementsEqual(line)
        #expect(isEqual)
        lines.append(String(decoding: line.prefix(5), as: UTF8.self))
      }
      return (lines, file.isIncomplete)
    }
    let short = try read(longest: 1 << 16)
    #expect(short.lines == ["one\n", "two\n", "\n", "three"] && short.isIncomplete)
    let all = try read(longest: 1 << 20)
    #expect(all.lines == ["one\n", "xxxxx", "two\n", "\n", "three"] && !all.isIncomplete)
    let isTooLarge = FileLines(path, largest: 1000) == nil
    #expect(isTooLarge)
    withExtendedLifetime(home) {}
  }

  @Test("a reference image is skipped with and without a record, and also if it is found alone")
  func references() async throws {
    let (home, reference) = try await exportedReference()
    let path = home.input.appending("out/references/\(reference.digest.hex).png")
    let options = ImportOptions(paths: [home.input])
    for hasRecord in [true, false] {
      if !hasRecord {
        try #require(unlink(home.input.appending("out").appending(ExportLayout.record)) == 0)
      }
      let all = ImportScan(options, excluding: nil)
      #expect(!all.files.map(\.path).contains(path))
      #expect(all.referenceFolders == [path.folder])
      let one = ImportScan(
        options, found: [path], below: home.input, excluding: nil, onEnter: { _ in true })
      #expect(one.files.isEmpty && one.referenceFolders == [path.folder])
    }
    // A folder that the user names is searched.
    let named = ImportScan(ImportOptions(paths: [path.folder]), excluding: nil)
    #expect(named.files.map(\.path) == [path])
    withExtendedLifetime(home) {}
  }

  /// Exports a generation whose request refers to an image.
  private func exportedReference() async throws -> (ByteHome, ReferenceImage) {
    let home = try ByteHome()
    var random = SeededGenerator(seed: 98)
    var batch = home.library.imageBatch()
    var draft = GenerationDraft(
      uid: UID(at: Self.time, using: &random), prompt: "a cat", parameters: Parameters(),
      createdAt: Self.time, status: .complete)
    let image = try home.picture(1)
    let reference = try home.picture(2)
    for bytes in [image, reference] {
      try batch.add(bytes, digest: Digest(of: bytes), format: "png")
    }
    draft.images = [
      CataloguedImage(
        position: 1, digest: Digest(of: image), format: "png", width: 24, height: 16,
        bytes: Int64(image.count), perceptualHash: nil)
    ]
    draft.references = [
      ReferenceImage(
        position: 1, digest: Digest(of: reference), format: "png", width: 24, height: 16,
        bytes: Int64(reference.count))
    ]
    try batch.flush()
    let ids = try home.library.record([draft])
    let options = ExportOptions(
      to: .folder(home.input.appending("out")), title: "", software: "Seedbank 0")
    let report = try await GalleryExport.run(ids, of: home.library, options: options)
    #expect(report.written == 1)
    return (home, draft.references[0])
  }
}
