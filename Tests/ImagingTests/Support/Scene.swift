import Foundation
import TestRandomness

@testable import SeedbankImaging

/// Images with recognizable content: a sky, hills, discs and texture, all determined by a seed.
enum Scene {
  static func make(_ seed: UInt64, width: Int = 160, height: Int = 128) -> Pixels {
    var random = SeededGenerator(seed: seed)
    let top = color(&random)
    let bottom = color(&random)
    let tilt = Double.random(in: -0.5...0.5, using: &random)
    let discs = (0..<9).map { _ in Disc(&random) }
    let grain = Double.random(in: 4...14, using: &random)
    let waves = (0..<2).map { _ in Double.random(in: 4...40, using: &random) }
    let across = (0..<width).map { sin(Double($0) / Double(width) * waves[0]) * grain }
    let bytes = [UInt8](unsafeUninitializedCapacity: width * height * 3) { bytes, count in
      for y in 0..<height {
        let v = Double(y) / Double(height)
        let down = cos(v * waves[1])
        for x in 0..<width {
          let u = Double(x) / Double(width)
          let blend = min(max(v + tilt * (u - 0.5), 0), 1)
          let texture = across[x] * down
          let disc = discs.last { $0.contains(u, v) }
          for channel in 0..<3 {
            var value = top[channel] * (1 - blend) + bottom[channel] * blend
            if let disc { value = 0.25 * value + 0.75 * disc.color[channel] }
            bytes[count] = UInt8(max(0, min(255, value + texture)))
            count += 1
          }
        }
      }
    }
    return Pixels(width: width, height: height, layout: .rgb, bytes: bytes)!
  }

  /// Returns the same scene with an alpha channel that runs from transparent to opaque.
  static func withAlpha(_ seed: UInt64, width: Int = 40, height: Int = 30) -> Pixels {
    let scene = make(seed, width: width, height: height)
    var bytes: [UInt8] = []
    for index in 0..<width * height {
      bytes += scene.bytes[3 * index..<3 * index + 3]
      bytes.append(UInt8(index % width * 255 / max(width - 1, 1)))
    }
    return Pixels(width: width, height: height, layout: .rgba, bytes: bytes)!
  }

  private struct Disc {
    let x, y, radius: Double
    let color: [Double]

    init(_ random: inout SeededGenerator) {
      x = Double.random(in: 0...1, using: &random)
      y = Double.random(in: 0...1, using: &random)
      radius = Double.random(in: 0.06...0.26, using: &random)
      color = Scene.color(&random)
    }

    func contains(_ u: Double, _ v: Double) -> Bool {
      (u - x) * (u - x) + (v - y) * (v - y) < radius * radius
    }
  }

  private static func color(_ random: inout SeededGenerator) -> [Double] {
    (0..<3).map { _ in Double.random(in: 10...245, using: &random) }
  }
}

extension Pixels {
  /// Returns the pixels with every channel value changed.
  func mapped(_ change: (_ index: Int, _ value: UInt8) -> UInt8) -> Pixels {
    let changed = bytes.indices.map { change($0, bytes[$0]) }
    return Pixels(width: width, height: height, layout: layout, bytes: changed)!
  }

  func cropped(left: Int, top: Int, width newWidth: Int, height newHeight: Int) -> Pixels {
    let channels = layout.channels
    var rows: [UInt8] = []
    for y in top..<top + newHeight {
      let start = (y * width + left) * channels
      rows += bytes[start..<start + newWidth * channels]
    }
    return Pixels(width: newWidth, height: newHeight, layout: layout, bytes: rows)!
  }

  func pixel(_ x: Int, _ y: Int) -> [UInt8] {
    let start = (y * width + x) * layout.channels
    return Array(bytes[start..<start + layout.channels])
  }
}
