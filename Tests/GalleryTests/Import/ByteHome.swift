import FilePaths
import Foundation
import Platform
import SeedbankImaging
import SeedbankModel
import SeedbankStorage
import TestRandomness
import Testing

@testable import SeedbankGallery

/// A temporary folder whose files may have names of any bytes; it is removed with this value.
final class ByteHome {
  let root: FilePath
  let library: Library
  /// The number of imports, so that each import creates other uids.
  private var imports: UInt64

  /// - Parameter imports: another number for each library, if records of one are imported into the other.
  init(libraryName: FilePath = "library", imports: UInt64 = 0) throws {
    self.imports = imports
    root = FilePath(
      FileManager.default.temporaryDirectory.appendingPathComponent("bytes-\(UUID().uuidString)")
        .path)
    try #require(mkdir(root, 0o755) == 0)
    try #require(mkdir(root.appending("in"), 0o755) == 0)
    library = try Library.open(LibraryFolder(path: root.appending(libraryName)), for: .creating)
  }

  deinit { Self.remove(root) }

  /// Removes a folder; Foundation cannot remove names that are not UTF-8.
  private static func remove(_ path: FilePath) {
    if unlink(path) == 0 { return }
    if let stream = opendir(path) {
      defer { closedir(stream) }
      while let entry = readdir(stream) {
        let name = FilePath(nameOf: entry)
        if name != ".", name != ".." { remove(path.appending(name)) }
      }
    }
    _ = rmdir(path)
  }

  var input: FilePath { root.appending("in") }

  /// Writes a file below `in` and creates its folders; returns its path.
  @discardableResult
  func write(_ bytes: [UInt8], _ name: FilePath) throws -> FilePath {
    let path = input.appending(name)
    makeFolders(above: path)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    let count = bytes.withUnsafeBytes { Platform.write(descriptor, $0.baseAddress, $0.count) }
    try #require(count == bytes.count)
    return path
  }

  private func makeFolders(above path: FilePath) {
    guard path.folder != path, access(path.folder, F_OK) != 0 else { return }
    makeFolders(above: path.folder)
    _ = mkdir(path.folder, 0o755)
  }

  /// Returns a small image whose pixels depend on the seed.
  func picture(_ seed: Int, _ encoding: ImageEncoding = .png()) throws -> [UInt8] {
    var random = SeededGenerator(seed: UInt64(seed))
    let samples = (0..<24 * 16 * 3).map { _ in UInt8.random(in: 0...255, using: &random) }
    let pixels = try #require(Pixels(width: 24, height: 16, layout: .rgb, bytes: samples))
    return try pixels.encoded(as: encoding)
  }

  func run(
    _ paths: [FilePath]? = nil, link: ImageBatch.Link? = nil,
    edit: (inout ImportOptions) -> Void = { _ in }
  ) async throws -> ImportReport {
    imports += 1
    var random = SeededGenerator(seed: imports)
    var options = ImportOptions(paths: paths ?? [input], link: link)
    edit(&options)
    return try await Importer(into: .library(library), options: options)
      .run(at: Timestamp(milliseconds: 1_760_000_000_000), using: &random)
  }
}
