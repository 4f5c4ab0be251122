/// A sky from zenith to horizon, with a sun or moon, and stars where it is dark.
struct Sky: Sendable {
  private let zenith: Float
  private let horizon: Float
  private let palette: Palette
  private let sun: SIMD2<Float>
  private let radius: Float
  private let stars: Noise
  private let depth: Float

  init(_ brief: inout Brief) {
    palette = brief.palette
    let dark = brief.plan.unit() < 0.45
    zenith = dark ? brief.plan.float(0.08...0.3) : brief.plan.float(0.5...0.72)
    horizon = dark ? brief.plan.float(0.62...0.85) : 0.98
    radius = brief.plan.float(0.045...0.11)
    let frame = brief.frame
    depth = frame.height * 0.68
    sun = SIMD2(
      brief.whim.float(0.18...0.82) * frame.width, brief.whim.float(0.16...0.42) * frame.height)
    stars = Noise(&brief.whim)
  }

  func paint(_ y: Float, _ frame: Frame, _ pixels: UnsafeMutableBufferPointer<Tone>) {
    let t = clamped(y / depth)
    let base = palette(zenith + (horizon - zenith) * t)
    let glow = palette(0.94) - base
    let disc = palette(1).mixed(with: Tone(repeating: 1), 0.35)
    let darkness = max(0.34 - (zenith + (horizon - zenith) * t), 0) * 4
    let dy = y - sun.y
    for column in pixels.indices {
      let x = frame.unit(column)
      let dx = x - sun.x
      let square = dx * dx + dy * dy
      var tone = base + glow * (0.55 / (1 + square * 26))
      if darkness > 0 { tone += Tone(repeating: star(x, y) * darkness) }
      let reach = radius + 2 / frame.scale
      if square < reach * reach {
        tone = tone.mixed(with: disc, clamped((radius - square.squareRoot()) * frame.scale + 0.5))
      }
      pixels[column] = tone
    }
  }

  private func star(_ x: Float, _ y: Float) -> Float {
    let fx = x * 40
    let fy = y * 40
    let cx = fx.rounded(.down)
    let cy = fy.rounded(.down)
    let chance = stars.lattice(Int32(cx), Int32(cy))
    guard chance > 0.84 else { return 0 }
    let ox = fx - cx - 0.5
    let oy = fy - cy - 0.5
    return max(0, 1 - (ox * ox + oy * oy) * 110) * (chance - 0.8) * 4
  }
}
