/// The rectangle of an image.
///
/// Scenes use units of its shorter side, so that the same prompt and seed give the same composition
/// at every size.
struct Frame: Sendable {
  let columns: Int
  let rows: Int
  /// Pixels per unit.
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

/// 0 below `low`, 1 above `high`, smooth between.
@inline(__always)
func smoothstep(_ low: Float, _ high: Float, _ x: Float) -> Float {
  let t = clamped((x - low) / (high - low))
  return t * t * (3 - 2 * t)
}

@inline(__always)
func clamped(_ x: Float) -> Float { min(max(x, 0), 1) }
