import SeedbankModel

extension GenerationRecord {
  /// The images of both versions.
  ///
  /// If they have different images at one position, the one with the smaller digest keeps it. The
  /// others follow in the order of their digests, together with the images at positions that only one
  /// version has, because an earlier merge can have moved those.
  func images(joinedWith other: GenerationRecord) -> [ImageRecord] {
    let (ours, theirs) = (Self.byPosition(images), Self.byPosition(other.images))
    let differ = ours.contains { position, our in
      theirs[position].map { $0.digest != our.digest } ?? false
    }
    guard differ else {
      return ours.merging(theirs) { $0.completed(from: $1) }.values
        .sorted { $0.position < $1.position }
    }
    // A merge must not double an image, but one reply can have the same image twice.
    var left = Self.counts(images).merging(Self.counts(other.images)) { max($0, $1) }
    func take(_ image: ImageRecord) -> Bool {
      guard let count = left[image.digest], count > 0 else { return false }
      left[image.digest] = count - 1
      return true
    }
    var (fixed, loose, moved): ([ImageRecord], [ImageRecord], [ImageRecord]) = ([], [], [])
    // The positions of one version only, and those whose image has a lower position already.
    var free: [Int] = []
    for position in Set(ours.keys).union(theirs.keys).sorted() {
      switch (ours[position], theirs[position]) {
      case (let our?, let their?) where our.digest == their.digest:
        if take(our) { fixed.append(our.completed(from: their)) } else { free.append(position) }
      case (let our?, let their?):
        let pair = [our, their].sorted(by: Self.hasSmallerDigest)
        if take(pair[0]) {
          fixed.append(pair[0])
          moved.append(pair[1])
        } else if take(pair[1]) {
          fixed.append(pair[1])
        } else {
          free.append(position)
        }
      case (let image?, nil), (nil, let image?):
        if take(image) { loose.append(image) }
        free.append(position)
      case (nil, nil): break
      }
    }
    moved = moved.sorted(by: Self.hasSmallerDigest).filter(take)
    if !moved.isEmpty {
      let last = max(fixed.last?.position ?? 0, free.last ?? 0)
      free += moved.indices.map { last + 1 + $0 }
      loose = Self.placed(loose + moved, at: free)
    }
    return (fixed + loose).sorted { $0.position < $1.position }
  }

  /// Gives positions to images, in the order of their digests.
  private static func placed(_ images: [ImageRecord], at positions: [Int]) -> [ImageRecord] {
    zip(images.sorted(by: hasSmallerDigest), positions).map { image, position in
      var image = image
      image.position = position
      return image
    }
  }

  private static func hasSmallerDigest(_ left: ImageRecord, _ right: ImageRecord) -> Bool {
    left.digest.bytes.lexicographicallyPrecedes(right.digest.bytes)
  }

  private static func byPosition(_ images: [ImageRecord]) -> [Int: ImageRecord] {
    Dictionary(images.map { ($0.position, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The number of images of each digest.
  private static func counts(_ images: [ImageRecord]) -> [Digest: Int] {
    images.reduce(into: [:]) { $0[$1.digest, default: 0] += 1 }
  }
}

extension ImageRecord {
  /// Returns the image with the values of the same file that this version does not have.
  fileprivate func completed(from other: ImageRecord) -> ImageRecord {
    var image = self
    image.width = max(width, other.width)
    image.height = max(height, other.height)
    // A line without the size of a file is allowed.
    if bytes == 0 { image.bytes = other.bytes }
    image.perceptualHash = [perceptualHash, other.perceptualHash].compactMap { $0 }.max()
    return image
  }
}
