/// The maximum number of chunks or segments of a file.
///
/// A file of 64 MiB can contain millions of empty ones, and each needs more memory than its bytes. Real
/// files have some thousands: PNG in pieces of 8 KiB, long animations.
enum ContainerLimit {
  static let parts = 1 << 16

  static func check(_ isOverlong: Bool, _ format: ImageFormat) throws(ImageError) {
    if isOverlong { throw .damaged(format, detail: "it is in more than \(parts) pieces") }
  }
}
