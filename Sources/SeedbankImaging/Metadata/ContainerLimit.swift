/// How many chunks or segments of a file are looked at.
///
/// A file of 64 MiB may hold millions of empty ones, each costing more memory than its bytes. The most
/// that was met is some thousands: PNG in pieces of 8 KiB, long animations.
enum ContainerLimit {
  static let parts = 1 << 16

  static func check(_ isOverlong: Bool, _ format: ImageFormat) throws(ImageError) {
    if isOverlong { throw .damaged(format, detail: "it is in more than \(parts) pieces") }
  }
}
