/// The thresholds of verdicts, all on the 8-bit scale.
///
/// Their source is the calibration in `VerdictCalibrationTests`, with images that were recompressed,
/// shifted, resized, cropped, patched, brightened or made from another seed. A JPEG of quality 95 is far
/// below the first pair, one of quality 50 below the second. A pasted patch has a high concentration, but
/// hardly changes the mean.
public enum VerdictThresholds {
  /// Visually identical: the maximum RMSE of each 16 × 16 tile.
  public static let identicalTile = 2.5
  /// Visually identical: the maximum mean absolute error.
  public static let identicalMean = 1.6
  /// Near-identical: the maximum RMSE of each tile.
  public static let nearTile = 20.0
  /// Near-identical and locally different: the maximum mean absolute error.
  public static let nearMean = 5.0
  /// Near-identical: the maximum ratio of the RMSE of the worst tile to that of the image.
  ///
  /// If the ratio is larger, the difference is in one place: locally different.
  public static let concentration = 8.0
  /// Similar composition: at most this many of the 64 bits of the perceptual hashes differ.
  public static let hashDistance = 6
}
