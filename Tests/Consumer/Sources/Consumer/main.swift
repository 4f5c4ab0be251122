import FilePaths
import Foundation
import SeedbankGallery
import SeedbankModel
import SeedbankQuery
import SeedbankStorage

// Opens a library, imports a folder, searches it and exports the result. Uses only the public
// products. Prints the generations that the search returns. Exits with 1 if anything is missing.

func require(_ holds: Bool, _ what: String) {
  guard !holds else { return }
  FileHandle.standardError.write(Data("consumer: \(what)\n".utf8))
  exit(1)
}

func run(library home: String, importing folder: String, exportingTo target: String) async throws {
  let library = try Library.open(LibraryFolder(path: home), for: .creating)
  let now = Timestamp(seconds: Date().timeIntervalSince1970)
  var random = SystemRandomNumberGenerator()
  let importer = Importer(
    into: .library(library), options: ImportOptions(paths: [FilePath(folder)]))
  let imported = try await importer.run(at: now, using: &random)
  require(!imported.imported.isEmpty, "nothing was imported from \(folder)")

  let query = try Query.parse("lighthouse seed:4711").query
  let page = try library.search(SearchRequest(query, at: .utc(now: now)))
  require(page.generations.count == 1, "the imported image was not found by prompt and seed")
  for generation in page.generations {
    print(generation.id, generation.prompt, generation.images.first?.digest.description ?? "-")
  }

  let report = try await GalleryExport.run(
    page.generations.map(\.id), of: library,
    options: ExportOptions(to: .folder(FilePath(target)), title: "Consumer", software: "Consumer 1")
  )
  require(report.written == 1, "the image was not exported")
}

let arguments = CommandLine.arguments
require(arguments.count == 4, "usage: Consumer LIBRARY FOLDER EXPORT")
try await run(library: arguments[1], importing: arguments[2], exportingTo: arguments[3])
