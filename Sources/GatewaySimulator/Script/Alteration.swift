/// A change of the image that a request would give.
package struct Alteration: Codable, Equatable, Sendable {
  /// The format of the file.
  ///
  /// Its address still ends with `.jpg`.
  package var format: PictureFormat?
  /// `WxH`, instead of the requested size.
  package var size: String?
  /// How the same seed gives another image for each charge.
  package var drift: Drift?

  /// Makes an alteration; nil changes nothing.
  package init(format: PictureFormat? = nil, size: String? = nil, drift: Drift? = nil) {
    self.format = format
    self.size = size
    self.drift = drift
  }
}

/// Formats of image files.
package enum PictureFormat: String, Codable, CaseIterable, Sendable {
  case jpeg, png, webp
}

/// How much an image differs from the earlier one of its seed.
package enum Drift: String, Codable, CaseIterable, Sendable {
  /// Other bytes, but the same pixels.
  case bytes
  /// Noise that is not visible.
  case pixels
  /// The same image except in one place.
  case place
  /// Another image: the seed was ignored.
  case scene
}
