/// Paints pictures: the prompt composes, the seed varies, the guidance grades.
enum Painter {
  /// Rows of red, green and blue bytes.
  static func pixels(of picture: Picture) -> [UInt8] {
    let mood = PromptStyle(picture.prompt)
    let plan = Digest64().adding(picture.prompt).adding(picture.model)
    var whim = plan.adding(picture.seed)
    if picture.drift == .scene { whim = whim.adding(picture.salt) }
    var draw = SeededNumbers(plan)
    let palettes = Palette.all
    let drawn = Palette(palettes[draw.integer(0...palettes.count - 1)].codes)
    let kinds = SceneKind.allCases
    let kind = kinds[draw.integer(0...kinds.count - 1)]
    var brief = Brief(
      frame: Frame(picture.size), palette: mood.palette.flatMap(Palette.named) ?? drawn,
      plan: draw, whim: SeededNumbers(whim))
    var bytes = paint(mood.scene ?? kind, &brief, Grade(picture.guidance))
    if picture.watermark { Watermark.draw(on: &bytes, picture.size) }
    PixelDrift.apply(picture, to: &bytes)
    return bytes
  }

  private static func paint(_ kind: SceneKind, _ brief: inout Brief, _ grade: Grade) -> [UInt8] {
    let frame = brief.frame
    return switch kind {
    case .ridges: rows(Ridges(.hills, lake: false, &brief), frame, grade)
    case .lake: rows(Ridges(.hills, lake: true, &brief), frame, grade)
    case .woods: rows(Ridges(.firs, lake: false, &brief), frame, grade)
    case .skyline: rows(Ridges(.roofs, lake: true, &brief), frame, grade)
    case .silk: rows(Silk(&brief), frame, grade)
    case .papercut: rows(Papercut(&brief), frame, grade)
    case .orbs: rows(Orbs(&brief), frame, grade)
    case .tiles: rows(Tiles(&brief), frame, grade)
    case .planet: rows(Planet(&brief), frame, grade)
    case .bloom: rows(Bloom(&brief), frame, grade)
    }
  }

  private static func rows<S: Scene>(_ scene: S, _ frame: Frame, _ grade: Grade) -> [UInt8] {
    var scene = scene
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

/// The last touch: contrast and colour by guidance, darker corners, and grain against banding.
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
    let plain = contrast == 1 && saturation == 1
    var grain = UInt32(truncatingIfNeeded: row) &* 0x9e37_79b9 | 1
    for column in 0..<frame.columns {
      let u = (Float(column) + 0.5) * step - 1
      var tone = pixels[column]
      if !plain {
        let grey = tone.x * 0.3 + tone.y * 0.59 + tone.z * 0.11
        tone = Tone(repeating: grey).mixed(with: tone, saturation)
        tone = (tone - 0.5) * contrast + 0.5
      }
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
