import Glibc

/// A colour: red, green and blue as sRGB encodes them, 0…1.
typealias Tone = SIMD3<Float>

extension SIMD3<Float> {
  /// Of `0xRRGGBB`.
  init(hexadecimal code: UInt32) {
    self.init(
      Float(code >> 16 & 255) / 255, Float(code >> 8 & 255) / 255, Float(code & 255) / 255)
  }

  @inline(__always)
  func mixed(with other: Tone, _ share: Float) -> Tone { self + (other - self) * share }

  /// In OKLab (Ottosson, 2020), where equal steps look equal.
  var oklab: Tone {
    let r = Self.linear(x)
    let g = Self.linear(y)
    let b = Self.linear(z)
    let l = cbrtf(0.412_221_47 * r + 0.536_332_54 * g + 0.051_445_99 * b)
    let m = cbrtf(0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b)
    let s = cbrtf(0.088_302_46 * r + 0.281_718_84 * g + 0.629_978_7 * b)
    return Tone(
      0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_05 * s,
      1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
      0.025_904_04 * l + 0.782_771_77 * m - 0.808_675_77 * s)
  }

  init(oklab lab: Tone) {
    let l = lab.x + 0.396_337_78 * lab.y + 0.215_803_76 * lab.z
    let m = lab.x - 0.105_561_35 * lab.y - 0.063_854_17 * lab.z
    let s = lab.x - 0.089_484_18 * lab.y - 1.291_485_5 * lab.z
    let (l3, m3, s3) = (l * l * l, m * m * m, s * s * s)
    self.init(
      Self.encoded(4.076_741_7 * l3 - 3.307_711_6 * m3 + 0.230_969_93 * s3),
      Self.encoded(-1.268_438 * l3 + 2.609_757_4 * m3 - 0.341_319_4 * s3),
      Self.encoded(-0.004_196_09 * l3 - 0.703_418_6 * m3 + 1.707_614_7 * s3))
  }

  private static func linear(_ c: Float) -> Float {
    c <= 0.040_45 ? c / 12.92 : powf((c + 0.055) / 1.055, 2.4)
  }

  private static func encoded(_ c: Float) -> Float {
    let c = Swift.min(Swift.max(c, 0), 1)
    return c <= 0.003_130_8 ? c * 12.92 : 1.055 * powf(c, 1 / 2.4) - 0.055
  }
}

/// 0 below `low`, 1 above `high`, smooth between.
@inline(__always)
func smoothstep(_ low: Float, _ high: Float, _ x: Float) -> Float {
  let t = min(max((x - low) / (high - low), 0), 1)
  return t * t * (3 - 2 * t)
}

@inline(__always)
func clamped(_ x: Float) -> Float { min(max(x, 0), 1) }
