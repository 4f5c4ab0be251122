/// Several ranges of hills under a low sun.
struct Landscape: Scene {
  private struct Range {
    /// For each column, the upper edge of the range, in units from the top.
    var edge: [Float]
    var colour: Tone
    /// The colour of the haze at its foot.
    var haze: Tone
  }

  private let frame: Frame
  private let palette: Palette
  private let sun: (x: Float, y: Float, radius: Float)
  /// Nearest first.
  private let ranges: [Range]

  init(_ brief: inout Brief) {
    let frame = brief.frame
    self.frame = frame
    palette = brief.palette
    let horizon = brief.plan.float(0.38...0.52) * frame.height
    let roughness = brief.plan.float(0.5...1.6)
    sun = (
      brief.seed.float(0.15...0.85) * frame.width, horizon * brief.seed.float(0.35...0.85),
      brief.plan.float(0.07...0.15)
    )
    let count = brief.plan.integer(4...6)
    var ranges: [Range] = []
    for index in (0..<count).reversed() {
      // 0 at the horizon … 1 in front.
      let nearness = Float(index) / Float(count - 1)
      let base = horizon + (frame.height - horizon) * nearness * 0.8
      let waves = (0..<5).map { octave in
        (
          pace: Float(1 << octave) * brief.seed.float(1.4...3.2),
          height: roughness * brief.seed.float(0.05...0.1) / Float(1 << octave),
          phase: brief.seed.float(0...6.28)
        )
      }
      let edge = (0..<frame.columns).map { column in
        waves.reduce(base) { $0 + Wave.sine(frame.unit(column) * $1.pace + $1.phase) * $1.height }
      }
      let depth = 0.62 - 0.6 * nearness
      ranges.append(
        Range(edge: edge, colour: brief.palette(depth), haze: brief.palette(depth + 0.22)))
    }
    self.ranges = ranges
  }

  func paint(_ row: Int, _ pixels: UnsafeMutableBufferPointer<Tone>) {
    let y = frame.unit(row)
    let sky = palette(0.55 + 0.4 * y / frame.height)
    let light = palette(1)
    for column in pixels.indices {
      let dx = frame.unit(column) - sun.x
      let dy = y - sun.y
      let distance = (dx * dx + dy * dy).squareRoot()
      let disc = clamped((sun.radius - distance) * frame.scale + 0.5)
      let glow = 0.55 * (1 - smoothstep(sun.radius, sun.radius * 5, distance))
      var tone = sky.mixed(with: light, max(disc, glow))
      if let near = ranges.firstIndex(where: { y > $0.edge[column] - 0.5 / frame.scale }) {
        // The nearest range shows the one behind it only at its edge.
        for range in ranges[near...min(near + 1, ranges.count - 1)].reversed() {
          let below = y - range.edge[column]
          let cover = clamped(below * frame.scale + 0.5)
          tone = tone.mixed(
            with: range.colour.mixed(with: range.haze, clamped(below * 2.4)), cover)
        }
      }
      pixels[column] = tone
    }
  }
}
