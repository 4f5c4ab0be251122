/// The thresholds of verdicts, all on the 8-bit scale.
///
/// Their source is the calibration in `VerdictCalibrationTests`, with images that were recompressed,
/// shifted, resized, cropped, patched, brightened or made from another seed. A JPEG of quality 95 is far
/// below the first pair, one of quality 50 below the second. A pasted patch has a high concentration, but
/// hardly changes the mean.
public enum VerdictThresholds {
  /// Visually identical: the RMSE of each 16 × 16 tile is at most this, and.
  public static let identicalTile = 2.5
  /// the mean absolute error is at most this.
  public static let identicalMean = 1.6
  /// Near-identical: the RMSE of each tile is at most this,.
  public static let nearTile = 20.0
  /// the mean absolute error is at most this, also for locally different images, and.
  public static let nearMean = 5.0
  /// the RMSE of the worst tile is at most this many times that of the image.
  ///
  /// Above, the difference is in one place.
  public static let concentration = 8.0
  /// Similar composition: at most this many of the 64 bits of the perceptual hashes differ.
  public static let hashDistance = 6
}
