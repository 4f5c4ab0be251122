/// A banded planet, perhaps with a ring, before the stars.
struct Planet: Scene {
  private let frame: Frame
  private let palette: Palette
  private let clouds: Field
  private let stars: Noise
  private let centre: SIMD2<Float>
  private let radius: Float
  private let bands: Float
  private let ringed: Bool
  private let light: SIMD3<Float>
  private let tilt: SIMD2<Float>
  private var cloud: [Float]

  init(_ brief: inout Brief) {
    frame = brief.frame
    palette = brief.palette
    radius = brief.plan.float(0.22...0.36)
    bands = brief.plan.float(1.5...5)
    ringed = brief.plan.unit() < 0.55
    let noise = Noise(&brief.whim)
    stars = Noise(&brief.whim)
    centre = SIMD2(
      brief.whim.float(0.38...0.62) * frame.width, brief.whim.float(0.4...0.6) * frame.height)
    let side: Float = brief.whim.unit() < 0.5 ? -1 : 1
    light = SIMD3(side * 0.62, -0.45, 0.64)
    let lean = brief.whim.float(-0.5...0.5)
    tilt = SIMD2(1, lean) / (1 + lean * lean).squareRoot()
    clouds = Field(frame) { x, y in
      let a = noise.cloud(x * 2 + 9, y * 2)
      return noise.cloud(x * 1.6 + a * 1.4, y * 3 + a)
    }
    cloud = [Float](repeating: 0, count: frame.columns)
  }

  mutating func paint(_ row: Int, _ pixels: UnsafeMutableBufferPointer<Tone>) {
    cloud.withUnsafeMutableBufferPointer { clouds.line(Float(row), into: $0) }
    let y = frame.unit(row)
    for column in pixels.indices {
      let x = frame.unit(column)
      let dx = (x - centre.x) / radius
      let dy = (y - centre.y) / radius
      let u = dx * tilt.x + dy * tilt.y
      let v = dy * tilt.x - dx * tilt.y
      let square = dx * dx + dy * dy
      let mist = cloud[column]
      var tone = palette(0.02 + 0.2 * mist)
      if square > 0.95 {
        tone += Tone(repeating: star(x, y)) + palette(0.75) * (0.28 / (1 + (square - 1) * 5))
      }
      if square < 1.02 {
        let cover = clamped((1 - square.squareRoot()) * radius * frame.scale + 0.5)
        tone = tone.mixed(with: ball(dx, dy, u, v, square, mist), cover)
      }
      if ringed { tone = ring(tone, u, v, square) }
      pixels[column] = tone
    }
  }

  private func star(_ x: Float, _ y: Float) -> Float {
    let fx = x * 46
    let fy = y * 46
    let cx = fx.rounded(.down)
    let cy = fy.rounded(.down)
    let chance = stars.lattice(Int32(cx), Int32(cy))
    guard chance > 0.86 else { return 0 }
    let ox = stars.lattice(Int32(cx), Int32(cy) &+ 7001) * 0.6 + 0.2 - (fx - cx)
    let oy = stars.lattice(Int32(cx) &+ 7001, Int32(cy)) * 0.6 + 0.2 - (fy - cy)
    return max(0, 1 - (ox * ox + oy * oy) * 90) * (chance - 0.82) * 5
  }

  private func ball(
    _ dx: Float, _ dy: Float, _ u: Float, _ v: Float, _ square: Float, _ mist: Float
  ) -> Tone {
    let depth = max(1 - square, 0).squareRoot()
    let latitude = (v * bands + mist * 1.6) * 0.5
    let phase = abs(latitude - (latitude * 0.5).rounded() * 2)
    let lambert = max(dx * light.x + dy * light.y + depth * light.z, 0)
    let rim = (1 - depth) * (1 - depth) * (1 - depth)
    let lit = palette(0.3 + 0.68 * clamped(phase)) * (0.1 + 1.08 * lambert)
    return lit + palette(0.85) * (rim * 0.5 * lambert)
  }

  /// Behind the planet above its middle, before it below.
  private func ring(_ tone: Tone, _ u: Float, _ v: Float, _ square: Float) -> Tone {
    guard !(square < 1 && v < 0) else { return tone }
    let q = v * 4
    let distance = (u * u + q * q).squareRoot()
    guard distance > 1.25, distance < 2.05 else { return tone }
    let soft = smoothstep(1.25, 1.32, distance) * (1 - smoothstep(1.95, 2.05, distance))
    let gap = 1 - 0.8 * smoothstep(0.05, 0.0, abs(distance - 1.68))
    let grain = stars(distance * 34, 0.5)
    return tone.mixed(with: palette(0.55 + 0.42 * grain), soft * gap * (0.4 + 0.45 * grain))
  }
}
