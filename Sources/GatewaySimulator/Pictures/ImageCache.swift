import Synchronization

/// Makes files of images, and remembers the last of them within a small bound.
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

  /// Bytes of files that it remembers.
  var remembered: Int { shelf.withLock { $0.bytes } }

  /// The file of an image: the same for the same, always.
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
