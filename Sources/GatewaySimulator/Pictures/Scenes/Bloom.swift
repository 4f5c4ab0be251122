/// Flowers of overlapping petals on a soft ground.
struct Bloom: Scene {
  private struct Petal {
    var x: Float
    var y: Float
    /// Along the petal, outwards.
    var axis: SIMD2<Float>
    var length: Float
    var breadth: Float
    var inner: Tone
    var outer: Tone
  }

  private let frame: Frame
  private let palette: Palette
  private let ground: Field
  private var petals: [Petal] = []
  private var line: [Float]

  init(_ brief: inout Brief) {
    frame = brief.frame
    palette = brief.palette
    let noise = Noise(&brief.whim)
    ground = Field(brief.frame) { x, y in noise.cloud(x * 1.2 + 2, y * 1.2) }
    line = [Float](repeating: 0, count: brief.frame.columns)
    let count = brief.plan.integer(1...3)
    let corolla = brief.plan.integer(6...13)
    let rings = brief.plan.integer(2...4)
    for flower in (0..<count).reversed() {
      let size: Float = flower == 0 ? brief.whim.float(0.34...0.42) : brief.whim.float(0.14...0.24)
      let spread: Float = flower == 0 ? 0.12 : 0.42
      let x = (0.5 + brief.whim.float(-spread...spread)) * frame.width
      let y = (0.5 + brief.whim.float(-spread...spread)) * frame.height
      add(at: x, y, size, corolla, rings, &brief)
    }
  }

  private mutating func add(
    at x: Float, _ y: Float, _ size: Float, _ corolla: Int, _ rings: Int, _ brief: inout Brief
  ) {
    for ring in 0..<rings {
      let depth = Float(ring) / Float(rings)
      let reach = size * (1 - 0.72 * depth)
      let start = brief.whim.float(0...6.28)
      for petal in 0..<corolla {
        let turn = start + (Float(petal) + brief.whim.float(-0.12...0.12)) / Float(corolla) * 6.2832
        let axis = SIMD2(Wave.cosine(turn), Wave.sine(turn))
        let length = reach * brief.whim.float(0.46...0.54)
        petals.append(
          Petal(
            x: x + axis.x * length, y: y + axis.y * length, axis: axis, length: length,
            breadth: min(length * 0.62, reach * 3.4 / Float(corolla)),
            inner: brief.palette(0.34 + 0.3 * depth), outer: brief.palette(0.6 + 0.38 * depth)))
      }
    }
    petals.append(
      Petal(
        x: x, y: y, axis: SIMD2(1, 0), length: size * 0.13, breadth: size * 0.13,
        inner: brief.palette(0.95), outer: brief.palette(0.8)))
  }

  mutating func paint(_ row: Int, _ pixels: UnsafeMutableBufferPointer<Tone>) {
    line.withUnsafeMutableBufferPointer { ground.line(Float(row), into: $0) }
    for column in pixels.indices { pixels[column] = palette(0.03 + 0.3 * line[column]) }
    let y = frame.unit(row)
    for petal in petals {
      let dy = y - petal.y
      // Of an ellipse, half its height and half this row's chord, and the chord's middle.
      let a = petal.axis.x / petal.length
      let b = petal.axis.y / petal.length
      let c = -petal.axis.y / petal.breadth
      let d = petal.axis.x / petal.breadth
      let square = a * a + c * c
      let cross = (a * b + c * d) * dy
      let inside = cross * cross - square * ((b * b + d * d) * dy * dy - 1.1)
      guard inside > 0 else { continue }
      let chord = inside.squareRoot() / square
      let middle = petal.x - cross / square
      let first = max(Int((middle - chord) * frame.scale), 0)
      let last = min(Int((middle + chord) * frame.scale) + 1, pixels.count - 1)
      guard first <= last else { continue }
      let sharpness = petal.breadth * frame.scale
      for column in first...last {
        let dx = frame.unit(column) - petal.x
        let along = a * dx + b * dy
        let aside = c * dx + d * dy
        let distance = (along * along + aside * aside).squareRoot()
        let cover = clamped((1 - distance) * sharpness + 0.5)
        let shadow = clamped((1.05 - distance) * 8) * 0.25
        var tone = petal.inner.mixed(with: petal.outer, clamped(along * 0.5 + 0.5))
        tone *= 0.86 + 0.14 * (1 - abs(aside)) + 0.1 * smoothstep(0.8, 1, distance)
        pixels[column] = (pixels[column] * (1 - shadow)).mixed(with: tone, cover)
      }
    }
  }
}
