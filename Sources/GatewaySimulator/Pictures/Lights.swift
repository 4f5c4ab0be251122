/// Lights out of focus: soft discs before a dark ground.
struct Lights: Scene {
  private struct Disc {
    var x: Float
    var y: Float
    var radius: Float
    var colour: Tone
    var strength: Float
  }

  private let frame: Frame
  private let palette: Palette
  private let tilt: Float
  private var discs: [Disc] = []

  init(_ brief: inout Brief) {
    frame = brief.frame
    palette = brief.palette
    tilt = brief.seed.float(-0.3...0.3)
    let size = brief.plan.float(0.05...0.14)
    for _ in 0..<brief.plan.integer(24...44) {
      discs.append(
        Disc(
          x: brief.seed.unit() * frame.width, y: brief.seed.unit() * frame.height,
          radius: size * brief.seed.float(0.4...1.8),
          colour: palette(brief.seed.float(0.45...1)), strength: brief.seed.float(0.25...0.75)))
    }
  }

  func paint(_ row: Int, _ pixels: UnsafeMutableBufferPointer<Tone>) {
    let y = frame.unit(row)
    for column in pixels.indices {
      pixels[column] = palette(
        0.04 + 0.36 * y / frame.height + tilt * (frame.unit(column) / frame.width - 0.5))
    }
    for disc in discs where abs(y - disc.y) < disc.radius {
      let dy = y - disc.y
      let chord = (disc.radius * disc.radius - dy * dy).squareRoot()
      let first = max(Int((disc.x - chord) * frame.scale), 0)
      let last = min(Int((disc.x + chord) * frame.scale), pixels.count - 1)
      guard first <= last else { continue }
      for column in first...last {
        let dx = frame.unit(column) - disc.x
        let distance = (dx * dx + dy * dy).squareRoot() / disc.radius
        // Brighter towards the rim, as with a lens.
        let cover = disc.strength * (0.7 + 0.3 * distance) * (1 - smoothstep(0.93, 1, distance))
        pixels[column] = pixels[column].mixed(with: disc.colour, cover)
      }
    }
  }
}
