import Platform

/// The weights of source pixels when an image is resized.
public enum ResizeFilter: Sendable {
  /// Each target pixel is the mean of the source area that it covers.
  case area
  /// Lanczos with three lobes: sharper.
  case lanczos

  var radius: Double { self == .area ? 0.5 : 3 }

  func weight(_ x: Double) -> Double {
    switch self {
    case .area:
      return x > -0.5 && x <= 0.5 ? 1 : 0
    case .lanczos:
      if abs(x) < 1e-9 { return 1 }
      if abs(x) >= 3 { return 0 }
      let angle = Double.pi * x
      return 3 * sin(angle) * sin(angle / 3) / (angle * angle)
    }
  }
}
