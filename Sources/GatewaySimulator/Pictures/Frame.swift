/// The picture's rectangle. Scenes think in units of its shorter side, so that the same prompt and
/// seed compose the same picture at every size.
struct Frame: Sendable {
  let columns: Int
  let rows: Int
  /// Pixels to a unit.
  let scale: Float

  init(_ size: PixelSize) {
    columns = size.width
    rows = size.height
    scale = Float(min(size.width, size.height))
  }

  var width: Float { Float(columns) / scale }
  var height: Float { Float(rows) / scale }

  /// The middle of a row or column, in units.
  @inline(__always)
  func unit(_ index: Int) -> Float { (Float(index) + 0.5) / scale }
}

/// What a scene is made from: the prompt decides `plan`, the seed decides `whim`.
struct Brief: Sendable {
  var frame: Frame
  var palette: Palette
  var plan: SeededNumbers
  var whim: SeededNumbers
}

/// Something that can be painted row by row, so that memory does not grow with the picture.
protocol Scene {
  /// Fills one row, `frame.columns` long.
  mutating func paint(_ row: Int, _ pixels: UnsafeMutableBufferPointer<Tone>)
}
