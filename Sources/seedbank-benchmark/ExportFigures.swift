import Foundation
import Gallery
import Imaging
import Storage

/// What an export costs: links, copies with and without metadata, archives, thumbnails.
struct ExportFigures {
  private let folder: String
  private let library: Library
  private let ids: [GenerationID]

  /// Makes a library of `count` images of about 300 KB, no two alike, all with the same picture.
  init(_ folder: String, count: Int) throws {
    self.folder = folder
    try? FileManager.default.removeItem(atPath: folder)
    library = try Library.open(LibraryFolder(path: folder + "/library"), for: .creating)
    let picture = try Self.picture()
    var random = SystemRandomNumberGenerator()
    var drafts: [GenerationDraft] = []
    for index in 0..<count {
      let created = Timestamp(milliseconds: 1_793_865_899_000 + Int64(index) * 1000)
      var draft = GenerationDraft(
        uid: UID(at: created, using: &random),
        prompt: "picture \(index) of a lighthouse at dusk, long exposure, rain on the lens",
        parameters: Parameters(
          model: "seedream-3-0-t2i-250415", size: "1024x1024", width: 1024, height: 1024,
          seed: Int64(index), guidanceScale: 2.5), createdAt: created, status: .complete,
        tags: ["portrait", "client/acme"].compactMap { TagName($0) })
      draft.images = [try Self.keep(Self.marked(picture, index), in: library)]
      drafts.append(draft)
    }
    ids = try library.record(drafts)
  }

  /// The rows of a table: what was done, and how long it took.
  func rows() async throws -> [(what: String, measured: String)] {
    let plain = try copyPlainly()
    let copies = try await export("copies") { _ in }
    let links = try await export("links") { $0.link = .hard }
    let embedded = try await export("embedded") { $0.metadata = .embed }
    let again = try await export("embedded") { $0.metadata = .embed }
    let archive = try await export("archive") {
      $0.destination = .archive(folder + "/archive.zip")
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
      ("hard links", "\(links), \(copies.over(links)) × faster than copies"),
      ("copies with metadata", "\(embedded), \(embedded.over(plain)) × cp"),
      ("the same again, nothing to do", "\(again)"),
      ("archive with metadata", "\(archive), \(archive.over(plain)) × cp"),
      ("thumbnails of 500 images", "\(page), \(alone.over(page)) × faster than with one worker"),
      ("peak memory", Self.peak()),
    ]
  }

  private func export(
    _ name: String, of selection: [GenerationID]? = nil, edit: (inout ExportOptions) -> Void
  ) async throws -> Cost {
    var options = ExportOptions(
      to: .folder(folder + "/" + name), title: name, software: "benchmark")
    options.metadata = .none
    options.gallery = false
    options.workers = ProcessInfo.processInfo.activeProcessorCount
    edit(&options)
    let start = Cost.Moment()
    _ = try await GalleryExport.run(selection ?? ids, of: library, options: options)
    return start.cost
  }

  private func copyPlainly() throws -> Cost {
    let start = Cost.Moment(ofChildren: true)
    try Shell.spawn(["cp", "-r", "--reflink=never", library.folder.images, folder + "/plain"])
    return start.cost
  }

  private static func keep(_ file: [UInt8], in library: Library) throws -> CataloguedImage {
    // Written straight to its place: the store's own syncs would take minutes and are not measured.
    let digest = Digest(of: file)
    let image = CataloguedImage(
      position: 1, digest: digest, format: "jpeg", width: 1024, height: 1024,
      bytes: Int64(file.count), perceptualHash: nil)
    let path = library.folder.absolutePath(of: image)
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(file).write(to: URL(fileURLWithPath: path))
    return image
  }

  private static func picture() throws -> [UInt8] {
    var noise: UInt64 = 1
    let bytes = (0..<1024 * 1024 * 3).map { index -> UInt8 in
      noise = noise &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: index / 3072 / 4) &+ UInt8(noise >> 60)
    }
    guard let pixels = Pixels(width: 1024, height: 1024, layout: .rgb, bytes: bytes) else {
      return []
    }
    return try pixels.encoded(as: .jpeg(quality: 92))
  }

  /// The same JPEG with a number in a comment segment.
  private static func marked(_ jpeg: [UInt8], _ number: Int) -> [UInt8] {
    let text = Array("\(number)".utf8)
    return Array(jpeg.prefix(2)) + [0xFF, 0xFE, 0, UInt8(text.count + 2)] + text + jpeg.dropFirst(2)
  }

  private static func peak() -> String {
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") }
    return line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces) ?? "unknown"
  }
}
