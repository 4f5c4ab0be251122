/// Sheets of paper with holes, one on the other, each throwing a shadow on those below.
struct Papercut: Scene {
  private let sheets: [Tone]
  private let frame: Frame
  private let field: Field
  private let reach: Float
  private var here: [Float]
  private var below: [Float]
  private var toLight: [Float]

  init(_ brief: inout Brief) {
    frame = brief.frame
    let count = brief.plan.integer(5...9)
    let inward = brief.plan.unit() < 0.6
    let palette = brief.palette
    sheets = (0...count).map {
      let t = Float($0) / Float(count)
      return palette(0.06 + 0.9 * (inward ? t : 1 - t))
    }
    let stretch = brief.plan.float(1.2...2.2)
    let bend = brief.plan.float(0.3...1.0)
    reach = 0.016
    let noise = Noise(&brief.whim)
    let centre = SIMD2(
      brief.whim.float(0.3...0.7) * frame.width, brief.whim.float(0.3...0.7) * frame.height)
    field = Field(frame) { x, y in
      let dx = x - centre.x
      let dy = y - centre.y
      let bowl = (dx * dx + dy * dy).squareRoot()
      let a = noise(x * stretch * 1.5 + 3, y * stretch * 1.5 + 11)
      return noise.cloud(x * stretch + bend * a, y * stretch + bend * a) + bowl * 0.75
    }
    here = [Float](repeating: 0, count: frame.columns)
    below = here
    toLight = here
  }

  mutating func paint(_ row: Int, _ pixels: UnsafeMutableBufferPointer<Tone>) {
    let count = Float(sheets.count - 1)
    let shift = max(Int(reach * frame.scale), 1)
    here.withUnsafeMutableBufferPointer { field.line(Float(row), into: $0) }
    below.withUnsafeMutableBufferPointer { field.line(Float(row + 1), into: $0) }
    toLight.withUnsafeMutableBufferPointer { field.line(Float(row - shift), into: $0) }
    for column in pixels.indices {
      let value = here[column] * count
      let level = min(Int(value), sheets.count - 1)
      let next = here[min(column + 1, pixels.count - 1)] * count
      let steepness = abs(next - value) + abs(below[column] * count - value)
      // An edge is where the level begins; it is a pixel wide.
      let share = clamped((value - Float(level)) / max(steepness, 1e-5))
      let tone = sheets[max(level - 1, 0)].mixed(with: sheets[level], share)
      let above = toLight[max(column - shift, 0)] * count - Float(level + 1)
      let shadow = smoothstep(-0.12, 0.3, above) * 0.42
      let rim = smoothstep(0.0, 0.10, value - Float(level))
      pixels[column] = tone * (1 - shadow) * (1.05 - 0.05 * rim)
    }
  }
}
