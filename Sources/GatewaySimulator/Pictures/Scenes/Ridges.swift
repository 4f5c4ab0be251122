/// Ridges, woods or roofs, one behind the other under a sky; perhaps mirrored in water.
struct Ridges: Scene {
  enum Kind { case hills, firs, roofs }

  struct Layer {
    /// For each column, where the layer begins, in units from the top.
    var crest: [Float]
    var tone: Tone
    var haze: Tone
    /// Lit windows; 0 for none.
    var windows: Float
  }

  private let frame: Frame
  private let sky: Sky
  private let layers: [Layer]
  private let shore: Float?
  private let water: Tone
  private let noise: Noise

  init(_ kind: Kind, lake: Bool, _ brief: inout Brief) {
    let frame = brief.frame
    self.frame = frame
    sky = Sky(&brief)
    noise = Noise(&brief.whim)
    shore = lake ? frame.height * brief.plan.float(0.56...0.66) : nil
    water = brief.palette(0.16)
    let count = kind == .roofs ? 4 : brief.plan.integer(4...6) - (lake ? 1 : 0)
    let ground = lake ? (shore ?? frame.height) : frame.height
    let palette = brief.palette
    var layers: [Layer] = []
    for index in 0..<count {
      let depth = Float(index) / Float(count - 1)
      let profile = Profile(kind, depth: depth, frame, &brief)
      let base = ground * (lake ? 0.8 + 0.19 * depth : 0.5 + 0.42 * depth)
      layers.append(
        Layer(
          crest: (0..<frame.columns).map { base - profile.height(at: frame.unit($0)) },
          tone: palette(0.6 - 0.57 * depth), haze: palette(0.78 - 0.5 * depth),
          windows: kind == .roofs ? depth : 0))
    }
    self.layers = layers
  }

  mutating func paint(_ row: Int, _ pixels: UnsafeMutableBufferPointer<Tone>) {
    let y = frame.unit(row)
    guard let shore, y > shore else { return paint(at: y, pixels) }
    let depth = y - shore
    paint(at: shore - depth * 0.9, pixels)
    // Ripples are wider towards the viewer.
    let ripple = noise(depth * 90 / (0.3 + depth), 3.5) - 0.5
    let shift = Int(ripple * depth * 0.22 * frame.scale)
    if shift > 0 {
      let last = pixels.count - 1
      for column in pixels.indices { pixels[column] = pixels[min(column + shift, last)] }
    } else if shift < 0 {
      for column in pixels.indices.reversed() { pixels[column] = pixels[max(column + shift, 0)] }
    }
    let dark = 0.24 + 0.35 * depth + 0.12 * abs(ripple)
    for column in pixels.indices { pixels[column] = pixels[column].mixed(with: water, dark) }
  }

  private func paint(at y: Float, _ pixels: UnsafeMutableBufferPointer<Tone>) {
    sky.paint(y, frame, pixels)
    for layer in layers {
      layer.crest.withUnsafeBufferPointer { crest in
        for column in pixels.indices {
          let below = y - crest[column]
          let cover = clamped(below * frame.scale + 0.5)
          guard cover > 0 else { continue }
          var tone = layer.tone.mixed(with: layer.haze, clamped(below * 2.4) * 0.7)
          if layer.windows > 0, below > 0.012 {
            tone = lit(tone, layer, frame.unit(column), y, crest[column])
          }
          pixels[column] = cover == 1 ? tone : pixels[column].mixed(with: tone, cover)
        }
      }
    }
  }

  private func lit(_ tone: Tone, _ layer: Layer, _ x: Float, _ y: Float, _ crest: Float) -> Tone {
    let fx = x * 62
    let fy = y * 44
    let cx = fx.rounded(.down)
    let cy = fy.rounded(.down)
    guard fx - cx > 0.3, fx - cx < 0.75, fy - cy > 0.3, fy - cy < 0.8 else { return tone }
    let chance = noise.lattice(Int32(cx) &+ Int32(layer.windows * 99), Int32(cy))
    guard chance < 0.34 else { return tone }
    return tone.mixed(with: Tone(1, 0.86, 0.56), (0.35 + chance) * layer.windows)
  }
}

/// The outline of one layer.
struct Profile {
  private let kind: Ridges.Kind
  private let noise: Noise
  private let frequency: Float
  private let height: Float
  private let offset: Float
  private let trees: Float

  init(_ kind: Ridges.Kind, depth: Float, _ frame: Frame, _ brief: inout Brief) {
    self.kind = kind
    noise = Noise(&brief.whim)
    offset = brief.whim.float(0...100)
    switch kind {
    case .hills:
      frequency = brief.plan.float(1.6...3.4) * (1.15 - 0.5 * depth)
      height = frame.height * brief.plan.float(0.2...0.34) * (1 - 0.35 * depth)
      trees = 0
    case .firs:
      frequency = brief.plan.float(1.1...2)
      height = frame.height * 0.2
      trees = 0.05 + 0.09 * depth
    case .roofs:
      frequency = 15 - 6 * depth
      height = frame.height * (0.36 - 0.1 * depth)
      trees = 0
    }
  }

  /// Above the layer's base, in units.
  func height(at x: Float) -> Float {
    if kind == .roofs {
      let place = x * frequency + offset
      let house = noise.lattice(Int32(place), 1)
      let mast: Float = abs(place - place.rounded(.down) - 0.5) < 0.03 && house > 0.7 ? 0.05 : 0
      return height * (0.15 + 0.85 * house * house) + mast
    }
    let hill = noise.cloud(x * frequency + offset, 0.5)
    let detail = noise(x * frequency * 9 + offset, 7.5) * 0.06
    guard trees > 0 else { return height * (hill * 1.1 + detail) }
    var crown: Float = 0
    // Two rows of firs, so that there is no gap between the trees.
    for row in 0..<2 {
      let place = x * (1.6 / trees) + offset + Float(row) * 0.5
      let tree = place.rounded(.down)
      let size = 0.45 + 0.55 * noise.lattice(Int32(tree), Int32(row) &+ 20)
      let slope = 1 - abs(2 * (place - tree) - 1)
      let jag = (slope * 7 - (slope * 7).rounded(.down)) * 0.1
      crown = max(crown, max(slope - jag, 0) * size * trees * 1.5)
    }
    return height * hill + crown
  }
}
