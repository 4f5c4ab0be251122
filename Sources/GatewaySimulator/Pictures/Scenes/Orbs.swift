/// Lights out of focus before a soft ground.
struct Orbs: Scene {
  private struct Orb {
    var x: Float
    var y: Float
    var radius: Float
    var softness: Float
    var tone: Tone
    var strength: Float
  }

  private let palette: Palette
  private let frame: Frame
  private let ground: Field
  private let orbs: [Orb]
  private var line: [Float]

  init(_ brief: inout Brief) {
    let frame = brief.frame
    self.frame = frame
    palette = brief.palette
    let count = brief.plan.integer(28...52)
    let largest = brief.plan.float(0.12...0.26)
    let noise = Noise(&brief.whim)
    ground = Field(frame) { x, y in noise.cloud(x * 0.9, y * 0.9 + 4) + 0.35 * y }
    orbs = (0..<count).map { _ in
      let size = brief.whim.unit()
      let radius = 0.018 + largest * size * size
      return Orb(
        x: brief.whim.float(-0.05...1.05) * frame.width,
        y: brief.whim.float(-0.05...1.05) * frame.height, radius: radius,
        softness: radius * (brief.whim.unit() < 0.6 ? 0.06 : 0.5),
        tone: brief.palette(brief.whim.float(0.4...1)),
        strength: brief.whim.float(0.14...0.5))
    }
    line = [Float](repeating: 0, count: frame.columns)
  }

  mutating func paint(_ row: Int, _ pixels: UnsafeMutableBufferPointer<Tone>) {
    line.withUnsafeMutableBufferPointer { ground.line(Float(row), into: $0) }
    for column in pixels.indices { pixels[column] = palette(0.04 + 0.5 * line[column]) }
    let y = frame.unit(row)
    let one = Tone(repeating: 1)
    for orb in orbs {
      let dy = y - orb.y
      let half = orb.radius * orb.radius - dy * dy
      guard half > 0 else { continue }
      let reach = half.squareRoot()
      let first = max(Int((orb.x - reach) * frame.scale), 0)
      let last = min(Int((orb.x + reach) * frame.scale), pixels.count - 1)
      guard first <= last else { continue }
      for column in first...last {
        let dx = frame.unit(column) - orb.x
        let distance = (dx * dx + dy * dy).squareRoot()
        let inside = clamped((orb.radius - distance) / max(orb.softness, 1.5 / frame.scale))
        let rim = 0.72 + 0.5 * smoothstep(0.55, 1, distance / orb.radius)
        let light = orb.tone * (inside * rim * orb.strength)
        // Light on light never burns out.
        pixels[column] = one - (one - pixels[column]) * (one - light)
      }
    }
  }
}
