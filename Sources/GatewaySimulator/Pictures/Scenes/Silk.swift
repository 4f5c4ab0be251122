/// Folds of cloth: a field that is bent by another, lit from one side.
struct Silk: Scene {
  private let palette: Palette
  private let folds: Field
  private let light: Field
  private var fold: [Float]
  private var shine: [Float]

  init(_ brief: inout Brief) {
    palette = brief.palette
    let frame = brief.frame
    let stretch = brief.plan.float(0.8...1.5)
    let bend = brief.plan.float(0.9...1.9)
    let lean = brief.plan.float(-0.7...0.7)
    let folding = brief.plan.float(9...17)
    let noise = Noise(&brief.whim)
    let angle = brief.whim.float(-0.9...0.9)
    folds = Field(frame) { x, y in
      let u = x * stretch + y * lean
      let v = y * stretch - x * lean
      let a = noise.cloud(u + 5, v + 9)
      let b = noise(u * 1.3 + 40, v * 1.3 + 3)
      let depth = noise.cloud(u + bend * a * 1.6, v + bend * b * 1.6)
      return Wave.sine(depth * folding) + depth * 2.2
    }
    light = folds.slope(frame, 1, angle)
    fold = [Float](repeating: 0, count: frame.columns)
    shine = fold
  }

  mutating func paint(_ row: Int, _ pixels: UnsafeMutableBufferPointer<Tone>) {
    fold.withUnsafeMutableBufferPointer { folds.line(Float(row), into: $0) }
    shine.withUnsafeMutableBufferPointer { light.line(Float(row), into: $0) }
    for column in pixels.indices {
      let lit = shine[column]
      let gleam = max(lit - 0.62, 0)
      pixels[column] =
        palette(fold[column]) * (0.6 + 0.75 * lit) + Tone(repeating: gleam * gleam * 2.2)
    }
  }
}
