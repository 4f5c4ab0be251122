import FilePaths
import Foundation
import SeedbankGallery
import SeedbankModel
import SeedbankStorage

/// Measures how a browser loads the page of a gallery.
struct PageFigures {
  private let folder: String

  /// Exports a gallery of `count` images.
  ///
  /// All entries use the same twelve files: the page needs only names and sizes, and the browser
  /// loads only the visible images.
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

  /// Returns one row of the table, measured by headless Chromium.
  func row(script: String) throws -> String {
    try Shell.run(["python3", script, folder + "/gallery"])
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
