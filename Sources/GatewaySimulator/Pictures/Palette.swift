/// A colour: red, green and blue in sRGB, 0…1.
typealias Tone = SIMD3<Float>

extension SIMD3<Float> {
  /// Of `0xRRGGBB`.
  init(hexadecimal code: UInt32) {
    self.init(
      Float(code >> 16 & 255) / 255, Float(code >> 8 & 255) / 255, Float(code & 255) / 255)
  }

  @inline(__always)
  func mixed(with other: Tone, _ share: Float) -> Tone { self + (other - self) * share }
}

/// Five colours from dark to bright, and the colours between them.
struct Palette: Sendable {
  private let stops: [Tone]

  /// The palette of a prompt.
  init(_ draw: inout SeededNumbers) {
    let codes = Self.all[draw.integer(0...Self.all.count - 1)]
    stops = codes.map { Tone(hexadecimal: $0) }
  }

  /// The colour at 0 (dark) … 1 (bright).
  func callAsFunction(_ t: Float) -> Tone {
    let place = clamped(t) * Float(stops.count - 1)
    let index = min(Int(place), stops.count - 2)
    return stops[index].mixed(with: stops[index + 1], place - Float(index))
  }

  private static let all: [[UInt32]] = [
    [0x1b1035, 0x5b2a86, 0xc3456f, 0xf58a5a, 0xffd9a0],
    [0x04202c, 0x0b4f6c, 0x1f8a9e, 0x7cc6c3, 0xf1f4e4],
    [0x10231c, 0x1f4a38, 0x4f7a4a, 0xa3b562, 0xf0e9c5],
    [0x3a1c1a, 0x8c3b2a, 0xd0703c, 0xeeb16a, 0xf9e7c4],
    [0x070b1e, 0x15224f, 0x2f4a8f, 0x7f9bd1, 0xe8ecff],
    [0x0d1b2e, 0x2c5175, 0x6ea4c4, 0xb9dceb, 0xf7fbff],
    [0x160a0c, 0x5c1520, 0xb0302a, 0xf0742e, 0xffd37a],
    [0x1f1638, 0x4b3c85, 0x8b78c6, 0xc9b3e6, 0xf7ecfb],
    [0x08241f, 0x0f5a4c, 0x2f9b7f, 0x93d3ae, 0xeff8e4],
    [0x0b1b3a, 0x264a86, 0x8aa5c9, 0xf2a65a, 0xfdeccf],
  ]
}
