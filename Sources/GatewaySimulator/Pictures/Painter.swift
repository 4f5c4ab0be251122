/// Paints images: the prompt decides scene, palette and layout, the seed the details, and the guidance
/// scale contrast and saturation.
enum Painter {
  /// Rows of red, green and blue bytes.
  static func pixels(of picture: Picture) -> [UInt8] {
    let plan = Digest64().adding(picture.prompt).adding(picture.model)
    var seed = plan.adding(picture.seed)
    if picture.drift == .scene { seed = seed.adding(picture.salt) }
    var draw = SeededNumbers(plan)
    let hasHorizon = draw.unit() < 0.6
    var brief = Brief(
      frame: Frame(picture.size), palette: Palette(&draw), plan: draw, seed: SeededNumbers(seed))
    let grade = Grade(picture.guidance)
    var bytes =
      hasHorizon
      ? rows(Landscape(&brief), brief.frame, grade) : rows(Lights(&brief), brief.frame, grade)
    if picture.watermark { Watermark.draw(on: &bytes, picture.size) }
    PixelDrift.apply(picture, to: &bytes)
    return bytes
  }

  private static func rows(_ scene: some Scene, _ frame: Frame, _ grade: Grade) -> [UInt8] {
    let length = frame.columns * 3
    return [UInt8](unsafeUninitializedCapacity: length * frame.rows) { bytes, count in
      withUnsafeTemporaryAllocation(of: Tone.self, capacity: frame.columns) { pixels in
        pixels.initialize(repeating: .zero)
        for row in 0..<frame.rows {
          scene.paint(row, pixels)
          let line = bytes.extracting(row * length..<(row + 1) * length)
          grade.finish(pixels, row, frame, into: line)
        }
      }
      count = length * frame.rows
    }
  }
}

/// The random numbers of a scene: `plan` depends on the prompt, `seed` on the seed.
struct Brief: Sendable {
  var frame: Frame
  var palette: Palette
  var plan: SeededNumbers
  var seed: SeededNumbers
}

/// Something that can be painted row by row, so that memory does not grow with the image.
protocol Scene {
  /// Fills one row, `frame.columns` long.
  func paint(_ row: Int, _ pixels: UnsafeMutableBufferPointer<Tone>)
}

/// The final adjustment: contrast and saturation by guidance scale, darker corners, and grain to avoid
/// bands.
struct Grade {
  private let contrast: Float
  private let saturation: Float

  /// 2.5 is the model's own default, and changes nothing.
  init(_ guidance: Double?) {
    let excess = Float((guidance ?? 2.5) - 2.5)
    contrast = 1 + excess * 0.02
    saturation = 1 + excess * 0.045
  }

  func finish(
    _ pixels: UnsafeMutableBufferPointer<Tone>, _ row: Int, _ frame: Frame,
    into bytes: UnsafeMutableBufferPointer<UInt8>
  ) {
    let v = (Float(row) + 0.5) / Float(frame.rows) * 2 - 1
    let step = 2 / Float(frame.columns)
    var grain = UInt32(truncatingIfNeeded: row) &* 0x9e37_79b9 | 1
    for column in 0..<frame.columns {
      let u = (Float(column) + 0.5) * step - 1
      var tone = pixels[column]
      let grey = tone.x * 0.3 + tone.y * 0.59 + tone.z * 0.11
      tone = (Tone(repeating: grey).mixed(with: tone, saturation) - 0.5) * contrast + 0.5
      // xorshift32 (Marsaglia, 2003)
      grain ^= grain << 13
      grain ^= grain >> 17
      grain ^= grain << 5
      let noise = Float(grain >> 8) * 0x1p-24 * 3 - 1
      let corner = (u * u + v * v) * (u * u + v * v)
      tone = tone * (255 * (1 - 0.045 * corner)) + Tone(repeating: noise)
      tone = tone.clamped(lowerBound: .zero, upperBound: Tone(repeating: 255))
      let place = column * 3
      bytes[place] = UInt8(tone.x)
      bytes[place + 1] = UInt8(tone.y)
      bytes[place + 2] = UInt8(tone.z)
    }
  }
}
