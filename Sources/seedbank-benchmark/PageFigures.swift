import FilePaths
import Foundation
import SeedbankGallery
import SeedbankModel
import SeedbankStorage

/// What a gallery's page costs the browser that shows it.
struct PageFigures {
  private let folder: String

  /// Exports a gallery of `count` images.
  ///
  /// A dozen files serve them all: the page knows its images by name and size, and the browser
  /// loads those in sight.
  init(_ folder: String, count: Int) async throws {
    self.folder = folder
    try? FileManager.default.removeItem(atPath: folder)
    let library = try Library.open(LibraryFolder(path: folder + "/library"), for: .creating)
    let picture = try BenchImages.picture()
    let images = try (0..<12).map {
      try BenchImages.keep(BenchImages.marked(picture, $0), in: library)
    }
    var corpus = Corpus()
    var start = 0
    while start < count {
      let records = (start..<min(start + 1000, count)).map { index in
        var record = corpus.next()
        record.images = [ImageRecord(images[index % images.count], folder: library.folder)]
        return record
      }
      try library.restore(records, at: Timestamp(milliseconds: 1_800_000_000_000))
      start += records.count
    }
    var options = ExportOptions(
      to: .folder(FilePath(folder + "/gallery")), title: "gallery", software: "benchmark")
    options.link = .hard
    options.metadata = .none
    options.manifests = false
    _ = try await GalleryExport.run(
      (1...Int64(count)).map { GenerationID($0) }, of: library, options: options)
  }

  /// One row of a table, as headless Chromium measures it.
  func row(script: String) throws -> String {
    try Shell.run(["python3", script, folder + "/gallery"])
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
