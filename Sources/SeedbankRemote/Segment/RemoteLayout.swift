import SeedbankModel

/// The names of objects on a remote.
///
/// docs/remotes.md describes the layout.
enum RemoteLayout {
  /// The version of the layout, in `format.json`.
  static let version = 1
  static let format = "format.json"
  static let images = "images/"
  static let segments = "segments/"
  static let heads = "heads/"
  static let thumbnails = "thumbnails/"
  static let snapshots = "snapshots/"
  /// Objects that a prune writes and removes, to learn the time of the remote.
  static let clocks = "clocks/"

  static func image(_ digest: Digest) -> String { folder(of: digest) + digest.hex }

  /// The folder of an image, with a slash at the end.
  static func folder(of image: Digest) -> String { "\(images)\(image.hex.prefix(2))/" }

  /// The folder of the images whose digests begin with a byte.
  static func folder(ofImagesWith byte: UInt8) -> String { "\(images)\(Hex.string([byte]))/" }

  static func head(of library: String) -> String { heads + library }

  /// The library whose head has this key; nil if it is not the key of a head.
  static func library(ofHead key: String) -> String? {
    // By bytes: a foreign name can begin with a combining mark, which makes one Character with the slash.
    guard key.utf8.starts(with: heads.utf8) else { return nil }
    let name = String(decoding: key.utf8.dropFirst(heads.utf8.count), as: UTF8.self)
    return isLibrary(name) ? name : nil
  }

  static func segments(of library: String) -> String { "\(segments)\(library)/" }

  static func segment(_ counter: Int64, of library: String, _ digest: Digest) -> String {
    "\(segments(of: library))\(padded(counter))-\(digest.hex)\(suffix)"
  }

  /// A part of a snapshot: a segment in another folder.
  static func snapshotPart(_ counter: Int64, of library: String, _ digest: Digest) -> String {
    "\(snapshots)\(library)/\(padded(counter))-\(digest.hex)\(suffix)"
  }

  /// The object that lists the parts of a snapshot.
  static func snapshot(_ counter: Int64, of library: String, _ digest: Digest) -> String {
    "\(snapshots)\(library)/\(padded(counter))-\(digest.hex)\(snapshotSuffix)"
  }

  /// What the keys of all segments with this counter begin with.
  static func segments(_ counter: Int64, of library: String) -> String {
    segments(of: library) + padded(counter)
  }

  /// A key behind all segments up to this counter, and before all others.
  static func lastSegment(_ counter: Int64, of library: String) -> String {
    // `~` sorts behind the hyphen and the digits.
    "\(segments(of: library))\(padded(counter))~"
  }

  static func thumbnails(of library: String) -> String { "\(thumbnails)\(library)/" }

  static func thumbnails(_ counter: Int64, of library: String, _ digest: Digest) -> String {
    "\(thumbnails(of: library))\(padded(counter))-\(digest.hex)\(packSuffix)"
  }

  /// A key behind all thumbnails up to this counter, and before all others.
  static func lastThumbnails(_ counter: Int64, of library: String) -> String {
    "\(thumbnails(of: library))\(padded(counter))~"
  }

  /// Whether the name is a library's id: 32 lower-case hexadecimal digits.
  static func isLibrary(_ name: some StringProtocol) -> Bool {
    name.utf8.count == 32
      && name.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }

  /// The folders that contain objects.
  static let folders = [images, segments, heads, thumbnails, snapshots, clocks]

  /// Whether a key is one of those that Seedbank writes.
  static func isObject(_ key: String) -> Bool {
    let isNamedByLibrary = [heads, clocks].contains { folder in
      key.hasPrefix(folder) && isLibrary(key.dropFirst(folder.count))
    }
    return key == format || isNamedByLibrary || image(atKey: key) != nil
      || SegmentName(key) != nil || SegmentName(key, in: snapshots) != nil
      || SnapshotName(key) != nil || ThumbnailsName(key) != nil
  }

  /// The image that a key names, or nil.
  static func image(atKey key: String) -> Digest? {
    let parts = key.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "images", let digest = Digest(parts[2]),
      digest.hex == parts[2], digest.hex.prefix(2) == parts[1]
    else { return nil }
    return digest
  }

  private static let suffix = ".jsonl.gz"
  private static let packSuffix = ".tar"
  private static let snapshotSuffix = ".json"

  private static func padded(_ counter: Int64) -> String {
    let digits = String(counter)
    return String(repeating: "0", count: max(12 - digits.utf8.count, 0)) + digits
  }

  /// The parts of a key `FOLDER/LIBRARY/COUNTER-DIGEST.suffix`; nil if it has another form.
  private static func parts(
    of key: String, in folder: String, _ suffix: String
  ) -> (library: String, counter: Int64, digest: Digest)? {
    let parts = key.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] + "/" == folder, isLibrary(parts[1]),
      parts[2].hasSuffix(suffix)
    else { return nil }
    let name = parts[2].dropLast(suffix.count).split(
      separator: "-", omittingEmptySubsequences: false)
    guard name.count == 2, name[0].utf8.count >= 12, let counter = Int64(name[0]), counter > 0,
      let digest = Digest(name[1]),
      "\(folder)\(parts[1])/\(padded(counter))-\(digest.hex)\(suffix)" == key
    else { return nil }
    return (String(parts[1]), counter, digest)
  }

  /// A segment by its key.
  struct SegmentName: Hashable {
    let library: String
    let counter: Int64
    let digest: Digest

    /// - Parameter folder: of segments, or of snapshots for a part of one.
    init?(_ key: String, in folder: String = segments) {
      guard let parts = RemoteLayout.parts(of: key, in: folder, suffix) else { return nil }
      (library, counter, digest) = parts
    }
  }

  /// The list of a snapshot's parts by its key.
  struct SnapshotName: Hashable {
    let library: String
    /// Of the last segment of that library whose records are in the snapshot.
    let counter: Int64
    let digest: Digest

    init?(_ key: String) {
      guard let parts = RemoteLayout.parts(of: key, in: snapshots, snapshotSuffix) else {
        return nil
      }
      (library, counter, digest) = parts
    }
  }

  /// A pack of thumbnails by its key.
  struct ThumbnailsName: Hashable {
    let library: String
    /// Of the segment that refers to the images.
    let counter: Int64
    let digest: Digest

    init?(_ key: String) {
      guard let parts = RemoteLayout.parts(of: key, in: thumbnails, packSuffix) else { return nil }
      (library, counter, digest) = parts
    }
  }
}
