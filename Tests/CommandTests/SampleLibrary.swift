import Foundation
import SeedbankImaging
import SeedbankModel
import SeedbankStorage
import TestRandomness

/// Libraries for tests, written by the storage module instead of a command.
struct SampleLibrary {
  let library: Library

  init(_ harness: Harness) throws {
    library = try Library.open(LibraryFolder(path: harness.library.path), for: .creating)
  }

  /// Records a complete generation with one image; each `shade` gives a different image.
  @discardableResult
  func add(
    _ prompt: String, seed: Int64 = 42, tags: [String] = [],
    model: String? = "seedream-3-0-t2i-250415",
    at time: String = "2026-11-05T08:04:59Z", shade: UInt8? = nil,
    edit: (inout GenerationDraft) -> Void = { _ in }
  ) throws -> GenerationID {
    guard let created = Timestamp(rfc3339: time) else { throw BadTime(text: time) }
    var random = SeededGenerator(seed: UInt64(bitPattern: seed) &+ UInt64(prompt.utf8.count) &+ 1)
    var draft = GenerationDraft(
      uid: UID(at: created, using: &random), prompt: prompt,
      parameters: Parameters(
        model: model, size: "64x64", width: 64, height: 64, seed: ImageSeed(seed)),
      createdAt: created, status: .complete, tags: tags.compactMap { TagName($0) })
    draft.completedAt = created
    if let shade { draft.images = [try image(shade)] }
    edit(&draft)
    return try library.record([draft])[0]
  }

  /// Returns an image of eight by eight blended tones; `shade` determines its appearance and its
  /// bytes.
  static func picture(_ shade: UInt8) throws -> [UInt8] {
    var random = SeededGenerator(seed: UInt64(shade))
    let tones = (0..<81 * 3).map { _ in Int(UInt8.random(in: 0...255, using: &random)) }
    var bytes: [UInt8] = []
    for y in 0..<64 {
      for x in 0..<64 {
        for channel in 0..<3 {
          func tone(_ column: Int, _ row: Int) -> Int { tones[(row * 9 + column) * 3 + channel] }
          let (left, top, right, down) = (x / 8, y / 8, x % 8, y % 8)
          let upper = tone(left, top) * (8 - right) + tone(left + 1, top) * right
          let lower = tone(left, top + 1) * (8 - right) + tone(left + 1, top + 1) * right
          bytes.append(UInt8((upper * (8 - down) + lower * down) / 64))
        }
      }
    }
    guard let pixels = Pixels(width: 64, height: 64, layout: .rgb, bytes: bytes) else { return [] }
    return try pixels.encoded(as: .png())
  }

  private func image(_ shade: UInt8) throws -> CataloguedImage {
    let bytes = try Self.picture(shade)
    let incoming = try library.images.receive("sample-\(shade)")
    try bytes.withUnsafeBytes { try incoming.append($0) }
    let digest = try library.images.keep(incoming, format: "png")
    let hash = try Picture.decode(bytes).perceptualHash
    return CataloguedImage(
      position: 1, digest: digest, format: "png", width: 64, height: 64, bytes: Int64(bytes.count),
      perceptualHash: hash.rawValue)
  }

  struct BadTime: Error { let text: String }
}

extension SampleLibrary {
  /// Returns the same image with other bytes, as a messenger program would send it.
  static func recompressed(_ shade: UInt8) throws -> [UInt8] {
    try Picture.decode(picture(shade)).upright.encoded(as: .jpeg(quality: 90, fullChroma: true))
  }
}
