/// What is changed in an image, against what the request alone would give.
public struct Alteration: Codable, Equatable, Sendable {
  /// The file's real format; its address still says `.jpg`.
  public var format: PictureFormat?
  /// `WxH`, in place of the size that was asked for.
  public var size: String?
  /// The same seed, not quite the same image: another drift on every charge.
  public var drift: Drift?

  /// Makes an alteration; nil changes nothing.
  public init(format: PictureFormat? = nil, size: String? = nil, drift: Drift? = nil) {
    self.format = format
    self.size = size
    self.drift = drift
  }
}

/// Formats of image files.
public enum PictureFormat: String, Codable, CaseIterable, Sendable {
  case jpeg, png, webp
}

/// How far an image strays from what its seed gave before.
public enum Drift: String, Codable, CaseIterable, Sendable {
  /// Other bytes, the very same pixels.
  case bytes
  /// Noise that nobody sees.
  case pixels
  /// The same, but for one place.
  case place
  /// Another image: the seed was not honoured.
  case scene
}
