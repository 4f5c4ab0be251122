import FilePaths
import Foundation
import SeedbankImaging
import SeedbankModel
import SeedbankStorage

/// Image files for the libraries of a benchmark.
enum BenchImages {
  static func keep(_ file: [UInt8], in library: Library) throws -> CataloguedImage {
    // The file is written directly to its place, because the store's syncs would take minutes and
    // are not measured.
    let digest = Digest(of: file)
    let image = CataloguedImage(
      position: 1, digest: digest, format: "jpeg", width: 1024, height: 1024,
      bytes: Int64(file.count), perceptualHash: nil)
    let path = library.folder.absolutePath(of: image).text
    try FileManager.default.createDirectory(
      atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(file).write(to: URL(fileURLWithPath: path))
    return image
  }

  static func picture() throws -> [UInt8] {
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

  /// Returns the same JPEG with a number in a comment segment.
  static func marked(_ jpeg: [UInt8], _ number: Int) -> [UInt8] {
    let text = Array("\(number)".utf8)
    return Array(jpeg.prefix(2)) + [0xFF, 0xFE, 0, UInt8(text.count + 2)] + text + jpeg.dropFirst(2)
  }
}
