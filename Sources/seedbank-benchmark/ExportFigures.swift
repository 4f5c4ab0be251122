import FilePaths
import Foundation
import SeedbankGallery
import SeedbankImaging
import SeedbankModel
import SeedbankStorage

/// Measures exports: links, copies with and without metadata, archives and thumbnails.
struct ExportFigures {
  private let folder: String
  private let library: Library
  private let ids: [GenerationID]

  /// Creates a library of `count` images of about 300 KB; all show the same image, but no two files
  /// have the same bytes.
  init(_ folder: String, count: Int) throws {
    self.folder = folder
    try? FileManager.default.removeItem(atPath: folder)
    library = try Library.open(LibraryFolder(path: folder + "/library"), for: .creating)
    let picture = try BenchImages.picture()
    var random = SystemRandomNumberGenerator()
    var drafts: [GenerationDraft] = []
    for index in 0..<count {
      let created = Timestamp(milliseconds: 1_793_865_899_000 + Int64(index) * 1000)
      var draft = GenerationDraft(
        uid: UID(at: created, using: &random),
        prompt: "image \(index) of a lighthouse at dusk, long exposure, rain on the lens",
        parameters: Parameters(
          model: "seedream-3-0-t2i-250415", size: "1024x1024", width: 1024, height: 1024,
          seed: ImageSeed(index), guidanceScale: 2.5), createdAt: created, status: .complete,
        tags: ["portrait", "client/acme"].compactMap { TagName($0) })
      draft.images = [try BenchImages.keep(BenchImages.marked(picture, index), in: library)]
      drafts.append(draft)
    }
    ids = try library.record(drafts)
  }

  /// Returns the rows of the table: each operation, and how long it took.
  func rows() async throws -> [Figure] {
    // After a copy, gigabytes in memory are still to be written, which would slow down the next
    // measurement. Each measurement starts when these writes have finished.
    let plain = try await settled { try copy(["-r", "--reflink=never"], to: "plain") }
    let linked = try await settled { try copy(["-rl"], to: "linked") }
    let copies = try await settled { try await export("copies") { _ in } }
    let links = try await settled { try await export("links") { $0.link = .hard } }
    let embedded = try await settled { try await export("embedded") { $0.metadata = .embed } }
    let again = try await export("embedded") { $0.metadata = .embed }
    let archive = try await export("archive") {
      $0.destination = .archive(FilePath(folder + "/archive.zip"))
      $0.metadata = .embed
    }
    let some = Array(ids.prefix(500))
    let page = try await export("page", of: some) {
      $0.link = .hard
      $0.gallery = true
    }
    let alone = try await export("alone", of: some) {
      $0.link = .hard
      $0.gallery = true
      $0.workers = 1
    }
    return [
      ("cp of \(ids.count) files", "\(plain)"),
      ("copies", "\(copies), \(copies.over(plain)) × cp"),
      ("cp -rl of them", "\(linked)"),
      ("hard links", "\(links), \(links.over(linked)) × cp -rl"),
      ("copies with metadata", "\(embedded), \(embedded.over(plain)) × cp"),
      ("the same again, nothing to do", "\(again)"),
      ("archive with metadata", "\(archive), \(archive.over(plain)) × cp"),
      ("thumbnails of 500 images", "\(page), \(alone.over(page)) × faster than with one worker"),
      ("peak memory", Self.peak()),
    ]
  }

  /// Removes the previous copies and waits until the file system has finished.
  ///
  /// ext4 does not reuse the inodes of files that were removed less than five seconds ago, and
  /// checks them one by one.
  private func settle() {
    for name in ["plain", "linked", "copies"] {
      try? FileManager.default.removeItem(atPath: folder + "/" + name)
    }
    sync()
    sleep(6)
  }

  private func settled(_ work: () async throws -> RunTime) async rethrows -> RunTime {
    settle()
    return try await work()
  }

  private func export(
    _ name: String, of selection: [GenerationID]? = nil, edit: (inout ExportOptions) -> Void
  ) async throws -> RunTime {
    var options = ExportOptions(
      to: .folder(FilePath(folder + "/" + name)), title: name, software: "benchmark")
    options.metadata = .none
    options.gallery = false
    options.workers = ProcessInfo.processInfo.activeProcessorCount
    edit(&options)
    let start = RunTime.Moment()
    _ = try await GalleryExport.run(selection ?? ids, of: library, options: options)
    return start.cost
  }

  private func copy(_ options: [String], to name: String) throws -> RunTime {
    let start = RunTime.Moment(ofChildren: true)
    try Shell.spawn(["cp"] + options + [library.folder.images.text, folder + "/" + name])
    return start.cost
  }

  private static func peak() -> String {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") }
    return line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces) ?? "unknown"
  }
}
