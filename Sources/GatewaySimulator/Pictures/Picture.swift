/// All values that determine an image.
///
/// Equal values give equal files, byte for byte.
struct Picture: Codable, Hashable, Sendable {
  var prompt: String
  var seed: Int
  var width: Int
  var height: Int
  var model: String
  var guidance: Double?
  var watermark: Bool
  var format = PictureFormat.jpeg
  var drift: Drift?
  /// The number that makes drifts different; 0 without drift.
  var salt = 0

  var size: PixelSize { PixelSize(width: width, height: height) }

  /// With the changes of a script.
  ///
  /// `salt` is the number of the charge.
  func altered(by alteration: Alteration?, salt: Int) -> Picture {
    guard let alteration else { return self }
    var copy = self
    copy.format = alteration.format ?? format
    if let size = alteration.size.flatMap(PixelSize.init) {
      (copy.width, copy.height) = (size.width, size.height)
    }
    if let drift = alteration.drift { (copy.drift, copy.salt) = (drift, salt) }
    return copy
  }
}
