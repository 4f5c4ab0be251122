/// Where one kind of verdict ends and the next begins, all on the 8-bit scale.
///
/// Their source is the calibration that `VerdictCalibrationTests` repeats: scenes recompressed,
/// shifted by a bit, resized, cropped, patched, brightened and drawn from another seed. A JPEG of
/// quality 95 stays far below the first pair, one of quality 50 below the second; a pasted patch
/// stands out by its concentration while the mean hardly moves.
public enum VerdictThresholds {
  /// Visually identical: no 16 × 16 tile is further apart than this (RMSE), and
  public static let identicalTile = 2.5
  /// the mean absolute error is at most this.
  public static let identicalMean = 1.6
  /// Near-identical: no tile is further apart than this (RMSE),
  public static let nearTile = 20.0
  /// the mean absolute error is at most this, also for what is only locally different, and
  public static let nearMean = 5.0
  /// the worst tile is at most this many times the RMSE of the whole; beyond, the difference sits
  /// in one place.
  public static let concentration = 8.0
  /// Similar composition: at most this many of the 64 bits of the perceptual hash differ.
  public static let hashDistance = 6
}
