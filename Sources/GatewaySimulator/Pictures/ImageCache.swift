import Synchronization

/// Makes image files, and caches the most recent ones up to a limit.
final class ImageCache: Sendable {
  private struct Shelf {
    var files: [Picture: [UInt8]] = [:]
    /// Oldest first.
    var order: [Picture] = []
    var bytes = 0
  }

  private let shelf = Mutex(Shelf())
  private let bound: Int

  init(bound: Int = 16 << 20) { self.bound = bound }

  /// The size of the cache in bytes.
  var remembered: Int { shelf.withLock { $0.bytes } }

  /// The file of an image.
  ///
  /// Equal images always give equal files.
  func file(_ picture: Picture) throws -> [UInt8] {
    if let known = shelf.withLock({ $0.files[picture] }) { return known }
    let file = try Codec.file(picture, Painter.pixels(of: picture))
    shelf.withLock { shelf in
      guard shelf.files[picture] == nil, file.count <= bound else { return }
      shelf.files[picture] = file
      shelf.order.append(picture)
      shelf.bytes += file.count
      while shelf.bytes > bound {
        let oldest = shelf.order.removeFirst()
        shelf.bytes -= shelf.files.removeValue(forKey: oldest)?.count ?? 0
      }
    }
    return file
  }
}
