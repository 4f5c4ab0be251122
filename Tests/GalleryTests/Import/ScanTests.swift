import FilePaths
import Foundation
import Platform
import SeedbankImaging
import SeedbankStorage
import Testing

@testable import SeedbankGallery

@Suite("Which files an import takes")
struct ScanTests {
  private static let latin = FilePath(bytes: Array("caf".utf8) + [0xE9] + Array(".png".utf8))

  @Test("files with holes can state any size")
  func sparseFiles() {
    let files = ["a", "b", "c"].map {
      ImportScan.File(path: FilePath($0), bytes: .max, isNamed: false)
    }
    #expect(ImportWindow(of: files[...]).files.count == 1)
  }

  @Test("names that are not UTF-8 or differ only in normalization are all imported")
  func byteNames() async throws {
    let home = try ByteHome()
    let names: [FilePath] = [
      Self.latin, "caf\u{E9}.png", "cafe\u{301}.png", "new\nline.png", "\u{1B}[31m.png",
      FilePath(bytes: [0xFF, 0xFE] + Array("/x.png".utf8)),
    ]
    for (seed, name) in names.enumerated() { try home.write(home.picture(seed), name) }
    let report = try await home.run()
    #expect(report.new == names.count && report.problems.isEmpty)
    let again = try await home.run([home.input.appending(Self.latin)])
    #expect(again.duplicates == 1)
  }

  @Test("a library in a folder that is not UTF-8 works completely")
  func byteLibrary() async throws {
    let home = try ByteHome(libraryName: FilePath(bytes: Array("biblioth".utf8) + [0xE8]))
    try home.write(home.picture(1), "one.png")
    let report = try await home.run()
    #expect(report.new == 1)
    #expect(try home.library.check().isSound)
    let generation = try #require(try home.library.generations(report.imported).first)
    let path = home.library.folder.absolutePath(of: generation.images[0])
    #expect(ImageStore.digest(ofFileAt: path) == generation.images[0].digest)
    let record = GenerationRecord(generation, folder: home.library.folder)
    #expect(record.images[0].pathBytes == path.bytes)
    let backup = home.root.appending(FilePath(bytes: [0xE9]))
    #expect(try home.library.backup(to: backup, link: .copy).copied == 1)
    #expect(try Library.open(LibraryFolder(path: backup), for: .reading).check().isSound)
  }

  @Test("a sidecar is found beside a file whose name is not UTF-8")
  func byteSidecar() async throws {
    let home = try ByteHome()
    try home.write(home.picture(1), "one.png")
    let first = try await home.run()
    var options = ExportOptions(
      to: .folder(home.root.appending(FilePath(bytes: [0xE9]))), title: "", software: "Seedbank 0")
    options.metadata = .sidecar
    options.manifests = false
    let report = try await GalleryExport.run(first.imported, of: home.library, options: options)
    #expect(report.written == 1)
    let other = try ByteHome()
    let imported = try await other.run([report.location])
    #expect(imported.records == 1 && imported.problems.isEmpty)
  }

  @Test(
    "thumbnails and caches of other programs are left out and counted",
    arguments: [
      "thumbnails/one.webp", "one.swarmpreview.jpg", "@eaDir/one.png/SYNOPHOTO_THUMB_M.jpg",
      "#recycle/one.png", "__MACOSX/._one.png", "$RECYCLE.BIN/one.png", "Thumbs.db",
      "catalog.lrdata/one.jpg", ".thumbnails/large/one.png", ".DS_Store", "._one.png",
      "Pictures.photoslibrary/resources/one.jpg", "x.info/one_thumbnail.png", "THUMBNAILS/ONE.WEBP",
    ])
  func thumbnails(name: String) async throws {
    let home = try ByteHome()
    try home.write(home.picture(1), "one.png")
    try home.write(home.picture(2, .webp(quality: 80)), FilePath(name))
    let report = try await home.run()
    #expect(report.new == 1 && report.problems.isEmpty)
    #expect(report.leftOut.reduce(0) { $0 + $1.files } == 1)
  }

  @Test(
    "a preview beside a model is skipped, and other images with such a name are not",
    arguments: [
      ("m.safetensors", "m.png", true), ("m.safetensors", "m.preview.png", true),
      ("m.txt", "m.preview.png", false), ("m.ckpt", "m2.png", false),
    ])
  func modelPreviews(model: String, name: String, isLeftOut: Bool) async throws {
    let home = try ByteHome()
    try home.write([1], FilePath(model))
    try home.write(home.picture(1), FilePath(name))
    let report = try await home.run()
    #expect(report.new == (isLeftOut ? 0 : 1))
    #expect(report.leftOut.map(\.reason) == (isLeftOut ? [.thumbnail] : []))
  }

  @Test("images in a folder named thumbnails without originals are imported")
  func ownThumbnails() async throws {
    let home = try ByteHome()
    try home.write(home.picture(1), "thumbnails/video.png")
    #expect(try await home.run().new == 1)
  }

  @Test("a named or requested folder of thumbnails is imported")
  func wantedThumbnails() async throws {
    let home = try ByteHome()
    try home.write(home.picture(1), "one.png")
    try home.write(home.picture(2), "thumbnails/one.webp")
    #expect(try await home.run([home.input.appending("thumbnails")]).new == 1)
    #expect(try await home.run { $0.includesThumbnails = true }.new == 1)
  }

  @Test("an export's thumbnails and contact sheets are left out")
  func ownExport() async throws {
    let home = try ByteHome()
    try home.write(home.picture(1), "one.png")
    let first = try await home.run()
    var options = ExportOptions(
      to: .folder(home.input.appending("out")), title: "", software: "Seedbank 0")
    options.metadata = .none
    options.manifests = false
    _ = try await GalleryExport.run(first.imported, of: home.library, options: options)
    let second = try await home.run()
    #expect(second.new == 0 && second.duplicates == 2)
    #expect(second.leftOut.contains { $0.reason == .thumbnail && $0.files == 2 })
  }

  @Test("a named path that is not imported is reported with the reason")
  func named() async throws {
    let home = try ByteHome()
    let text = try home.write(Array("notes".utf8), "notes.txt")
    let tiff = try home.write(Array("II*\0........".utf8), "scan.tif")
    let pipe = home.input.appending("pipe")
    try #require(pipe.withCString { mkfifo($0, 0o600) } == 0)
    let large = try home.write(home.picture(1), "large.png")
    let gone = home.input.appending("gone.png")
    let report = try await home.run([text, tiff, pipe, large, gone, "/dev/null"]) {
      $0.limits.bytes = 100
    }
    let size = try #require(FileIdentity(path: large)).size
    #expect(
      Set(report.problems) == [
        ImportProblem(path: text, kind: .notAnImage(nil)),
        ImportProblem(path: tiff, kind: .notAnImage(.tiff)),
        ImportProblem(path: pipe, kind: .special(.pipe)),
        ImportProblem(path: large, kind: .tooLarge(bytes: size, limit: 100)),
        ImportProblem(path: gone, kind: .unreadable(errno: ENOENT)),
        ImportProblem(path: "/dev/null", kind: .special(.device)),
      ])
    #expect(report.new == 0)
  }

  @Test("in a folder, what is not an image or not a file is counted")
  func found() async throws {
    let home = try ByteHome()
    try home.write(Array("notes".utf8), "notes.txt")
    try #require(home.input.appending("pipe").withCString { mkfifo($0, 0o600) } == 0)
    let report = try await home.run()
    #expect(report.problems.isEmpty && report.otherFiles == 1)
    #expect(report.leftOut.map(\.reason) == [.special])
  }

  @Test("an image with too many pixels is refused with its size")
  func pixels() async throws {
    let home = try ByteHome()
    try home.write(home.picture(1), "one.png")
    let report = try await home.run { $0.limits.pixels = 100 }
    #expect(
      report.problems.map(\.kind) == [
        .damaged(.tooManyPixels(width: 24, height: 16, limit: 100))
      ])
  }

  @Test("links to a parent folder are not followed, and a second name of a file is recognized")
  func loops() async throws {
    let home = try ByteHome()
    let one = try home.write(home.picture(1), "a/one.png")
    try #require(symlink(home.input, home.input.appending("a/up")) == 0)
    try #require(symlink("b", home.input.appending("b")) == 0)
    try #require(link(one, home.input.appending("two.png")) == 0)
    let report = try await home.run()
    #expect(report.new == 1 && report.duplicates == 1)
    #expect(
      report.problems == [
        ImportProblem(path: home.input.appending("b"), kind: .unreadable(errno: ELOOP))
      ])
  }

  @Test("the library itself is passed over, also if a link leads to it")
  func library() async throws {
    let home = try ByteHome(libraryName: "in/library")
    try home.write(home.picture(1), "one.png")
    _ = try await home.run()
    try #require(symlink(home.library.folder.path, home.input.appending("link")) == 0)
    let again = try await home.run()
    #expect(again.duplicates == 1 && again.files == 1)
  }

  @Test("files and folders that --exclude matches are skipped")
  func excluded() async throws {
    let home = try ByteHome()
    for (seed, name) in ["a.png", "a.tmp.png", "drafts/b.png", "keep/drafts/c.png"].enumerated() {
      try home.write(home.picture(seed), FilePath(name))
    }
    let report = try await home.run {
      $0.excluding = ["*.tmp.png", "drafts/"].compactMap { Glob($0) }
    }
    #expect(report.new == 1)
    #expect(report.leftOut.allSatisfy { $0.reason == .excluded })
    #expect(report.leftOut.map(\.files) == [1, 1, 1])
  }
}
