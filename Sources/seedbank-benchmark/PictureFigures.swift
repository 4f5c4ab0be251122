import Dispatch
import Foundation
import SeedbankImaging

/// Measures thumbnails and hashes of image files on all cores, compared with Pillow and vips on the
/// same files in the same run.
///
/// It also measures a comparison of a million hashes.
struct PictureFigures {
  private let folder: String
  private let count: Int
  private let cores = ProcessInfo.processInfo.activeProcessorCount
  private static let side = 1024
  /// The number of different images; the other files repeat them.
  private static let distinct = 12
  private static let kinds: [(name: String, encoding: ImageEncoding)] = [
    ("jpeg", .jpeg(quality: 92)), ("png", .png()), ("webp", .webp(quality: 90)),
  ]

  /// Writes `count` images of each format, with twelve different images in turn.
  init(_ folder: String, count: Int) throws {
    self.folder = folder
    self.count = count
    try? FileManager.default.removeItem(atPath: folder)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let distinct = try (0..<min(count, Self.distinct)).map { number in
      try Self.kinds.map { try Self.picture(number).encoded(as: $0.encoding) }
    }
    for number in 0..<count {
      for (kind, file) in zip(Self.kinds, distinct[number % distinct.count]) {
        try Data(file).write(to: URL(fileURLWithPath: Self.path(folder, kind.name, number)))
      }
    }
  }

  /// Returns the rows of the table: each operation, and its speed.
  func rows() throws -> [Figure] {
    var rows: [Figure] = []
    for kind in Self.kinds.map(\.name) {
      let thumbnails = try compared(kind, pillow: "thumbnail", vips: true) { bytes in
        _ = try Thumbnail.make(of: bytes, longSide: 320)
      }
      let hashes = try compared(kind, pillow: "grid", vips: false) { bytes in
        _ = try Picture.decode(bytes).perceptualHash
      }
      rows.append(("thumbnails of \(kind)", thumbnails))
      rows.append(("perceptual hashes of \(kind)", hashes))
    }
    return rows + comparisons()
  }

  /// Compares the least processor times of the programs.
  ///
  /// They run in turn, so that a change of the machine's load concerns all of them. Each uses all cores.
  private func compared(
    _ kind: String, pillow name: String, vips: Bool, _ work: @Sendable ([UInt8]) throws -> Void
  ) throws -> String {
    var (ours, pillow, other) = ([Double](), [Double](), [Double]())
    // An error with one of the images occurs here, where it ends the run.
    for number in 0..<min(count, Self.distinct) { try work(Self.read(folder, kind, number)) }
    for _ in 0..<5 {
      ours.append(milliseconds(kind, work))
      let answer = try Shell.run([
        "scripts/pillow", name, folder + "/%d." + kind, "\(count)", "\(cores)",
      ])
      pillow.append(Double(answer.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0)
      if vips, let time = vipsMilliseconds(kind) { other.append(time) }
    }
    return Self.text(Spread(ours), Spread(pillow), other.isEmpty ? nil : Spread(other))
  }

  /// Returns the processor time for each file.
  private func milliseconds(_ kind: String, _ work: @Sendable ([UInt8]) throws -> Void) -> Double {
    let (folder, count, cores) = (folder, count, cores)
    let start = RunTime.Moment()
    DispatchQueue.concurrentPerform(iterations: cores) { core in
      for number in stride(from: core, to: count, by: cores) {
        if let bytes = try? Self.read(folder, kind, number) { try? work(bytes) }
      }
    }
    return start.cost.processor * 1000 / Double(count)
  }

  /// Makes the same thumbnails with Debian's libvips-tools; nil if they are not installed.
  private func vipsMilliseconds(_ kind: String) -> Double? {
    let files = (0..<count).map { Self.path(folder, kind, $0) }
    let start = RunTime.Moment(ofChildren: true)
    let output = "vips-%s.jpg[Q=85,optimize-coding]"
    let command = ["vipsthumbnail", "--size", "320x320", "--output", output] + files
    guard (try? Shell.spawn(command)) != nil else { return nil }
    return start.cost.processor * 1000 / Double(count)
  }

  private func comparisons() -> [Figure] {
    var random = SplitMix(state: 64)
    let million = 1_000_000
    let index = PerceptualIndex(
      (1...million).lazy.map { (Int64($0), PerceptualHash(rawValue: random.next())) })
    let wanted = PerceptualHash(rawValue: random.next())
    var (near, first, grouped) = (0, 0, 0)
    let within = Measure.spread { near = index.matches(within: 12, of: wanted).count }
    let nearest = Measure.spread { first = index.nearest(50, to: wanted).count }
    let hashes = (0..<million).map { _ in PerceptualHash(rawValue: random.next()) }
    let groups = [4, 8].map { distance in
      Measure.once { grouped = LookalikeGroups.find(hashes, within: distance).count }
    }
    return [
      ("1,000,000 hashes, those within 12 bits", "\(within.milliseconds), \(near) of them"),
      ("1,000,000 hashes, the nearest", "\(nearest.milliseconds), \(first) of them"),
      ("1,000,000 hashes grouped within 4 bits", String(format: "%.0f ms", groups[0])),
      (
        "1,000,000 hashes grouped within 8 bits",
        String(format: "%.0f ms (%d), %.1f × within 4", groups[1], grouped, groups[1] / groups[0])
      ),
    ]
  }

  private static func text(_ ours: Spread, _ pillow: Spread, _ vips: Spread?) -> String {
    func ratio(_ other: Spread) -> String {
      String(format: "%.1f × faster than", other.least / max(ours.least, 1e-9))
    }
    func text(_ spread: Spread) -> String {
      String(format: "%.1f ms (to %.1f)", spread.least, spread.most)
    }
    let others = [("Pillow", pillow)] + (vips.map { [("vips", $0)] } ?? [])
    return "\(text(ours)) of processor time; "
      + others.map { "\(ratio($0.1)) \($0.0), \(text($0.1))" }.joined(separator: "; ")
  }

  private static func read(_ folder: String, _ kind: String, _ number: Int) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(folder, kind, number))))
  }

  private static func path(_ folder: String, _ kind: String, _ number: Int) -> String {
    "\(folder)/\(number).\(kind)"
  }

  /// Returns an image of coloured waves with grain, which compresses about as well as a photograph.
  private static func picture(_ number: Int) throws -> Pixels {
    var random = SplitMix(state: UInt64(number) &+ 7)
    let waves = (0..<12).map { _ in Double(random.next() % 1000) / 1000 * 40 + 2 }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(side * side * 3)
    for y in 0..<side {
      for x in 0..<side {
        let (u, v) = (Double(x) / Double(side), Double(y) / Double(side))
        for channel in 0..<3 {
          let wave =
            sine(u * waves[channel] + v * waves[channel + 3]) * 60
            + sine(v * waves[channel + 6] - u * waves[channel + 9]) * 40
          let grain = Double(random.next() >> 60) - 8
          bytes.append(UInt8(max(0, min(255, 128 + wave + grain))))
        }
      }
    }
    guard let pixels = Pixels(width: side, height: side, layout: .rgb, bytes: bytes) else {
      throw ImageError.outOfMemory
    }
    return pixels
  }
}
