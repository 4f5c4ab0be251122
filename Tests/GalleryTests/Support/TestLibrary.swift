import FilePaths
import Foundation
import SeedbankImaging
import SeedbankModel
import SeedbankStorage
import TestProcesses
import TestRandomness
import Testing

@testable import SeedbankGallery

/// A library of small images in a temporary folder, which is removed with this value.
final class TestLibrary {
  let root: String
  let library: Library
  private var random = SeededGenerator(seed: 7)

  init() throws {
    let name = "gallery-tests-\(UUID().uuidString)"
    root = FileManager.default.temporaryDirectory.appendingPathComponent(name).path
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
    library = try Library.open(LibraryFolder(path: root + "/library"), for: .creating)
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  /// Records a complete generation whose images' bytes depend on its seed.
  @discardableResult
  func add(
    _ prompt: String, seed: Int64, tags: [String] = [], images: Int = 1,
    encoding: ImageEncoding = .jpeg(quality: 85), edit: (inout GenerationDraft) -> Void = { _ in }
  ) throws -> GenerationID {
    let created = Timestamp(milliseconds: 1_793_865_899_000 + seed * 1000)
    var draft = GenerationDraft(
      uid: UID(at: created, using: &random), prompt: prompt,
      parameters: Parameters(
        model: "seedream-3-0-t2i-250415", size: "96x64", width: 96, height: 64,
        seed: ImageSeed(seed),
        guidanceScale: 2.5, watermark: false, responseFormat: "url"),
      createdAt: created, status: .complete, tags: tags.compactMap { TagName($0) })
    draft.completedAt = created.advanced(bySeconds: 9)
    draft.images = try (0..<images).map {
      try image(position: $0 + 1, seed: seed * 10 + Int64($0), encoding)
    }
    edit(&draft)
    return try library.record([draft])[0]
  }

  func image(
    position: Int, seed: Int64, _ encoding: ImageEncoding
  ) throws -> CataloguedImage {
    var bytes: [UInt8] = []
    for y in 0..<64 {
      for x in 0..<96 {
        bytes += [UInt8(truncatingIfNeeded: x &* Int(seed)), UInt8(y * 3), UInt8(x * 2)]
      }
    }
    let pixels = try #require(Pixels(width: 96, height: 64, layout: .rgb, bytes: bytes))
    return try keep(try pixels.encoded(as: encoding), position: position, encoding.format)
  }

  func keep(_ file: [UInt8], position: Int, _ format: ImageFormat) throws -> CataloguedImage {
    let incoming = try library.images.receive("test-\(position)")
    try file.withUnsafeBytes { try incoming.append($0) }
    let digest = try library.images.keep(incoming, format: format.rawValue)
    return CataloguedImage(
      position: position, digest: digest, format: format.rawValue, width: 96, height: 64,
      bytes: Int64(file.count), perceptualHash: try Picture.decode(file).perceptualHash.rawValue)
  }

  /// Returns an image that has a chunk of a signature.
  func signed(seed: Int64) throws -> CataloguedImage {
    let plain = library.folder.absolutePath(of: try image(position: 1, seed: seed, .png())).text
    var file = Array(try Data(contentsOf: URL(fileURLWithPath: plain)))
    // The chunk is behind IHDR: length, type caBX, a JUMBF box, check sum.
    let chunk = Array("caBX....jumb".utf8)
    var sum = CRC32()
    chunk.withUnsafeBytes { sum.update($0) }
    let sums = withUnsafeBytes(of: sum.value.bigEndian) { Array($0) }
    file.insert(contentsOf: [0, 0, 0, 8] + chunk + sums, at: 33)
    return try keep(file, position: 1, .png)
  }

  var all: [GenerationID] {
    get throws {
      guard let last = try library.newest(offset: 0) else { return [] }
      return try library.generations((1...last.rawValue).map { GenerationID($0) }).map(\.id)
    }
  }

  func options(_ folder: String = "out", edit: (inout ExportOptions) -> Void = { _ in })
    -> ExportOptions
  {
    var options = ExportOptions(
      to: .folder(FilePath(root + "/" + folder)), title: "Test & <Co>", software: "Seedbank 0")
    edit(&options)
    return options
  }

  /// Exports all generations.
  func export(_ options: ExportOptions) async throws -> ExportReport {
    try await GalleryExport.run(try all, of: library, options: options)
  }

  /// Returns all files below a folder with their bytes.
  func contents(_ folder: String = "out") -> [String: Data] {
    let path = root + "/" + folder
    let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return names.reduce(into: [:]) { files, name in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: path + "/" + name, isDirectory: &isFolder)
      if !isFolder.boolValue {
        files[name] = FileManager.default.contents(atPath: path + "/" + name)
      }
    }
  }

  private static func path(of program: String) -> String? {
    ["/usr/bin/", "/bin/", "/usr/local/bin/"].map { $0 + program }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  /// Returns whether all of these programs are installed.
  static func has(_ programs: String...) -> Bool { programs.allSatisfy { path(of: $0) != nil } }

  struct NotInstalled: Error { let program: String }

  /// Runs a program of the system and waits until it ends.
  static func run(
    _ program: String, _ arguments: [String]
  ) async throws -> (status: Int32, output: String) {
    guard let path = path(of: program) else { throw NotInstalled(program: program) }
    // Without this variable, unzip writes escapes for names that are not ASCII.
    let environment = ProcessInfo.processInfo.environment.merging(["LC_ALL": "C.UTF-8"]) { $1 }
    let end = try await ChildProcess.run(path, arguments, environment: environment)
    return (end.status, end.output + end.errorOutput)
  }
}
