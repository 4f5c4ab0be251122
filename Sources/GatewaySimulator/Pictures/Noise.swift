/// Smooth value noise on an endless lattice, and sums of it.
struct Noise: Sendable {
  private let seed: UInt32

  init(_ dice: inout SeededNumbers) { seed = UInt32(truncatingIfNeeded: dice.next()) }

  @inline(__always)
  func lattice(_ x: Int32, _ y: Int32) -> Float {
    var h = UInt32(bitPattern: x) &* 0x8da6_b343 ^ UInt32(bitPattern: y) &* 0xd816_3841 ^ seed
    h = (h ^ h >> 15) &* 0x2c1b_3c6d
    h = (h ^ h >> 12) &* 0x297a_2d39
    h ^= h >> 15
    return Float(h >> 8) * 0x1p-24
  }

  /// In 0…1.
  @inline(__always)
  func callAsFunction(_ x: Float, _ y: Float) -> Float {
    let fx = x.rounded(.down)
    let fy = y.rounded(.down)
    let ix = Int32(fx)
    let iy = Int32(fy)
    let u = Self.fade(x - fx)
    let v = Self.fade(y - fy)
    let a = lattice(ix, iy)
    let b = lattice(ix &+ 1, iy)
    let c = lattice(ix, iy &+ 1)
    let d = lattice(ix &+ 1, iy &+ 1)
    let top = a + (b - a) * u
    let bottom = c + (d - c) * u
    return top + (bottom - top) * v
  }

  /// Three octaves, in 0…1.
  @inline(__always)
  func cloud(_ x: Float, _ y: Float) -> Float {
    (self(x, y) * 4 + self(x * 2.03 + 17, y * 2.03 + 31) * 2 + self(x * 4.1 + 53, y * 4.1 + 7)) / 7
  }

  @inline(__always)
  private static func fade(_ t: Float) -> Float { t * t * t * (t * (t * 6 - 15) + 10) }
}
