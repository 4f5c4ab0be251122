import CImageCodecs

/// The libraries for rare image formats, which are loaded with the first such file.
public enum OptionalLibraries {
  /// Returns the formats whose library is not installed.
  public static func missingFormats() -> [String] {
    [
      ("HEIC and AVIF", sb_heif_is_available()), ("JPEG XL", sb_jxl_is_available()),
      ("GIF", sb_gif_is_available()),
    ].filter { $0.1 == 0 }.map(\.0)
  }
}
