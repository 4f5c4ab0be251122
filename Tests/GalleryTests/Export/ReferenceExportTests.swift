import FilePaths
import Foundation
import SeedbankImaging
import SeedbankStorage
import Testing

@testable import SeedbankGallery

@Suite("Exporting a library of symbolic links")
struct ReferenceExportTests {
  enum Mode: String, CaseIterable {
    case copy, hard, symlink, reflink, zip, gallery, embed, sidecar, none
  }

  @Test("every mode exports every image", arguments: Mode.allCases)
  func modes(mode: Mode) async throws {
    let home = try ByteHome()
    let names: [FilePath] = [FilePath(bytes: [0xE9] + Array(".png".utf8)), "two.png"]
    for (seed, name) in names.enumerated() { try home.write(home.picture(seed), name) }
    let ids = try await home.run(link: .symlink).imported
    #expect(ids.count == 2)
    #expect(try home.library.check().isSound)
    let target = home.root.appending("out")
    var options = ExportOptions(
      to: mode == .zip ? .archive(target + ".zip") : .folder(target), title: "",
      software: "Seedbank 0")
    options.metadata = .none
    options.gallery = mode == .gallery
    switch mode {
    case .hard: options.link = .hard
    case .symlink: options.link = .symlink
    case .reflink: options.link = .reflink
    case .embed: options.metadata = .embed
    case .sidecar: options.metadata = .sidecar
    case .copy, .zip, .gallery, .none: break
    }
    let report: ExportReport
    do {
      report = try await GalleryExport.run(ids, of: home.library, options: options)
    } catch ExportError.linkRefused(.reflink, _, .notSupported) {
      return
    }
    #expect(report.written == 2 && report.missing.isEmpty && report.unreadable.isEmpty)
    guard mode != .zip else { return }
    let exported = try FileManager.default.contentsOfDirectory(atPath: target.text)
      .filter { $0.hasSuffix(".png") }
    #expect(exported.count == 2)
    for name in exported {
      #expect(throws: Never.self) { try Picture.decode(contentsOf: target.appending(name)) }
    }
    let again = try await GalleryExport.run(ids, of: home.library, options: options)
    #expect(again.kept == 2 && again.written == 0)
  }

  @Test("an image with a missing original is reported, and the others are exported")
  func gone() async throws {
    let home = try ByteHome()
    let one = try home.write(home.picture(1), "one.png")
    try home.write(home.picture(2), "two.png")
    let ids = try await home.run(link: .symlink).imported
    unlink(one)
    let report = try await GalleryExport.run(
      ids, of: home.library,
      options: ExportOptions(to: .folder(home.root.appending("out")), title: "", software: ""))
    #expect(report.written == 1 && report.missing.count == 1)
  }
}
