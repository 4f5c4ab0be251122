import FilePaths
import Foundation
import SeedbankGallery
import SeedbankImaging
import SeedbankModel
import SeedbankStorage

/// Measures an import, compared with `sha256sum`, which also reads and hashes the same files.
struct ImportFigures {
  private let folder: String
  private let count: Int

  /// Writes `count` different images into a folder.
  ///
  /// They are JPEG of 1024 × 1024, PNG of 512 × 512, JPEG, and WebP of 512 × 512 in turn. Each
  /// contains A1111's text. Every ninth has a text file beside it.
  init(_ folder: String, count: Int) throws {
    self.folder = folder
    self.count = count
    try? FileManager.default.removeItem(atPath: folder)
    let large = MetadataTarget(
      try Self.picture(side: 1024).encoded(as: .jpeg(quality: 92)), "jpg")
    let pictures = [
      large, MetadataTarget(try Self.picture(side: 512).encoded(as: .png()), "png"),
      large, MetadataTarget(try Self.picture(side: 512).encoded(as: .webp(quality: 85)), "webp"),
    ]
    for index in 0..<count {
      let shard = "\(folder)/in/\(index / 500)"
      if index % 500 == 0 {
        try FileManager.default.createDirectory(atPath: shard, withIntermediateDirectories: true)
      }
      let target = pictures[index % pictures.count]
      let copies = ProvenanceCopies(
        parameters: "a lighthouse at dusk, \(index)\nNegative prompt: fog\nSteps: 20, "
          + "Sampler: Euler a, CFG scale: 7, Seed: \(index), Size: 512x512, Model: bench",
        xmp: XMPPacket())
      let edit = try MetadataDocument(target.bytes).embedding(copies)
      try Data(edit.applied(to: target.bytes))
        .write(to: URL(fileURLWithPath: "\(shard)/\(index).\(target.ending)"))
      if index.isMultiple(of: 9) {
        try Data("a note on \(index)".utf8)
          .write(to: URL(fileURLWithPath: "\(shard)/\(index).txt"))
      }
    }
  }

  private struct MetadataTarget {
    let bytes: [UInt8]
    let ending: String

    init(_ bytes: [UInt8], _ ending: String) {
      self.bytes = bytes
      self.ending = ending
    }
  }

  /// Returns the rows of the table.
  ///
  /// In every run, the files are already in the system's cache.
  func rows() async throws -> [Figure] {
    let bytes = try Shell.run(["du", "-sb", folder + "/in"]).prefix { $0.isNumber }
    let find = "find '\(folder)/in' -type f -print0 | xargs -0 -n 64"
    _ = try seconds { try Shell.run(["sh", "-c", "\(find) cat > /dev/null"]) }
    let one = try seconds { try Shell.run(["sh", "-c", "\(find) sha256sum > /dev/null"]) }
    let two = try seconds { try Shell.run(["sh", "-c", "\(find) -P 2 sha256sum > /dev/null"]) }
    let linked = try await imported("linked", link: .hard)
    let copied = try await imported("copied", link: nil)
    let again = try await imported("copied", link: nil)
    return [
      ("the files", "\(count), \((Int(bytes) ?? 0) >> 20) MiB"),
      ("`sha256sum`, one process", Self.text(one)),
      ("`sha256sum`, two processes", Self.text(two)),
      ("import by hard link", "\(Self.text(linked)), \(Self.ratio(linked, one)) × one `sha256sum`"),
      ("import by copy", "\(Self.text(copied)), \(Self.ratio(copied, one)) × one `sha256sum`"),
      ("the same again", "\(Self.text(again)), \(Self.ratio(again, one)) × one `sha256sum`"),
      ("peak memory", Measure.peakMemory()),
    ]
  }

  private func imported(_ name: String, link: ImageBatch.Link?) async throws -> Double {
    let library = try Library.open(
      LibraryFolder(path: "\(folder)/\(name)"), for: .creating)
    var random = SystemRandomNumberGenerator()
    let options = ImportOptions(paths: [FilePath(folder + "/in")], link: link)
    let start = ContinuousClock.now
    _ = try await Importer(into: .library(library), options: options)
      .run(at: Timestamp(milliseconds: 1_793_865_899_000), using: &random)
    return Measure.seconds(ContinuousClock.now - start)
  }

  private func seconds(_ work: () throws -> Void) rethrows -> Double {
    try Measure.once(work) / 1000
  }

  /// Returns a smooth image with noise, which compresses about as well as a rendered image.
  private static func picture(side: Int) throws -> Pixels {
    var noise: UInt64 = 1
    let bytes = (0..<side * side * 3).map { index -> UInt8 in
      noise = noise &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: index / (side * 3) / 4) &+ UInt8(noise >> 60)
    }
    guard let pixels = Pixels(width: side, height: side, layout: .rgb, bytes: bytes) else {
      throw Shell.Failure(command: "picture")
    }
    return pixels
  }

  private static func text(_ seconds: Double) -> String { String(format: "%.2f s", seconds) }

  private static func ratio(_ one: Double, _ other: Double) -> String {
    String(format: "%.1f", one / max(other, 1e-9))
  }
}
