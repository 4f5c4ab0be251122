import SeedbankModel
import SeedbankStorage

/// Which images a push has compared with those of the remote.
struct ImageComparison {
  /// For more images than this, the folders of all images are listed instead: there are as many folders.
  let most: Int
  /// The number of images that were asked for one by one.
  fileprivate var count = 0
  /// Whether all recorded images were compared with a listing.
  fileprivate var isListed = false

  /// The limit if no other is given.
  static let standardMost = 256

  init(most: Int = Self.standardMost) { self.most = most }
}

/// An image that was recorded for the remote, and that the remote does not have.
struct AbsentImage: Sendable {
  let digest: Digest
  /// Whether the file is in this library, so that a push sends it again.
  let isHere: Bool
}

/// Images that are recorded for the remote.
///
/// A prune keeps the images of generations that a library has sent, but not those that it only received. So what is
/// recorded can be gone, and is compared with the remote before a record refers to it.
extension RemoteConnection {
  /// Forgets those of some recorded images that the remote does not have.
  ///
  /// - Returns: the images that were forgotten, and others if all images were compared.
  func forgetAbsent(
    _ images: [PushedImage], _ comparison: inout ImageComparison
  ) async throws -> [AbsentImage] {
    guard !images.isEmpty, !comparison.isListed else { return [] }
    comparison.count += images.count
    guard comparison.count > comparison.most else { return try await forgetAbsent(of: images) }
    comparison.isListed = true
    return try await forgetAbsent(of: unlistedImages())
  }

  /// Forgets all recorded images that the remote does not have.
  func forgetAbsent() async throws {
    let isFew = try await BlockingWork.run { [library, name] in
      try library.recordedImageCount(on: name) <= ImageComparison.standardMost
    }
    let images = try await isFew ? recordedImages() : unlistedImages()
    _ = try await forgetAbsent(of: images)
  }

  private func recordedImages() async throws -> [PushedImage] {
    try await BlockingWork.run { [library, name] in
      try library.imagesOnRemote(name, after: nil, limit: .max)
    }
  }

  private func forgetAbsent(of images: [PushedImage]) async throws -> [AbsentImage] {
    let absent = Collected<Digest>()
    try await inParallel(images) { image in
      let object = try await store.object(RemoteLayout.image(image.digest))
      if object?.size != image.bytes { absent.add([image.digest]) }
    }
    guard !absent.elements.isEmpty else { return [] }
    // In a folder whose disk was removed meanwhile, all images are absent.
    guard try await store.object(RemoteLayout.format) != nil else { throw RemoteError.vanished }
    return try await BlockingWork.run { [library, name] in
      try absent.elements.map { digest in
        AbsentImage(digest: digest, isHere: try library.note(absent: digest, on: name))
      }
    }
  }

  /// The recorded images that no listing shows.
  ///
  /// A listing can be late, and another process can record an image after it. So each one must be asked for.
  private func unlistedImages() async throws -> [PushedImage] {
    let found = Collected<PushedImage>()
    try await inParallel(Array(UInt8.min...UInt8.max)) { byte in
      let objects = try await store.objects(in: RemoteLayout.folder(ofImagesWith: byte))
      let unlisted = try await BlockingWork.run { [library, name] in
        var sizes: [Digest: Int64] = [:]
        for object in objects {
          if let digest = RemoteLayout.image(atKey: object.key) { sizes[digest] = object.size }
        }
        return try library.imagesOnRemote(name, startingWith: byte)
          .filter { sizes[$0.digest] != $0.bytes }
      }
      found.add(unlisted)
    }
    return found.elements
  }

  /// The sizes of those images that the remote has.
  func sizes(of images: [PushedImage]) async throws -> [Digest: Int64] {
    guard images.count > Self.listAbove else {
      let found = Collected<(Digest, Int64)>()
      try await inParallel(images) { image in
        if let object = try await store.object(RemoteLayout.image(image.digest)) {
          found.add([(image.digest, object.size)])
        }
      }
      return Dictionary(found.elements, uniquingKeysWith: { first, _ in first })
    }
    let wanted = Set(images.map(\.digest))
    let found = Collected<(Digest, Int64)>()
    try await store.list(RemoteLayout.images, after: nil) { objects in
      found.add(
        objects.compactMap { object in
          RemoteLayout.image(atKey: object.key).flatMap {
            wanted.contains($0) ? ($0, object.size) : nil
          }
        })
    }
    return Dictionary(found.elements, uniquingKeysWith: { first, _ in first })
  }

  /// For more images than this, ``sizes(of:)`` lists the remote once instead of asking for each image.
  private static let listAbove = 64
}
