/// What the statistics need of an image file.
struct FileValues {
  var bytes: Int64
  /// Whether the library does not have it.
  var isMissing: Bool
  /// Whether only a remote has it.
  var isOnRemote: Bool
}

/// A row that refers to an image file.
struct FileRow {
  let digest: UnsafeRawBufferPointer
  let format: UnsafeRawBufferPointer
  let file: FileValues
}

/// Image files to which several rows refer, with the greatest value of each column of their rows.
///
/// A file is known by its digest and its format.
struct SharedFiles {
  private var digests: [[UInt8]] = []
  /// The files of each digest, usually one.
  private var filesOfDigests: [[(format: [UInt8], file: FileValues)]] = []
  /// The places of the digests that begin with the same eight bytes.
  private var places: [UInt64: [Int]] = [:]

  /// Adds a digest whose files are counted.
  mutating func insert(_ digest: [UInt8]) {
    digest.withUnsafeBytes { places[Self.start(of: $0), default: []].append(digests.count) }
    digests.append(digest)
    filesOfDigests.append([])
  }

  /// Adds a row; returns false if its digest was not added.
  mutating func add(_ row: FileRow) -> Bool {
    guard let place = place(of: row.digest) else { return false }
    let files = filesOfDigests[place].indices
    let known = files.first { filesOfDigests[place][$0].format.isEqual(to: row.format) }
    if let known {
      filesOfDigests[place][known].file.merge(row.file)
    } else {
      filesOfDigests[place].append((Array(row.format), row.file))
    }
    return true
  }

  var files: some Sequence<FileValues> { filesOfDigests.joined().lazy.map(\.file) }

  private func place(of digest: UnsafeRawBufferPointer) -> Int? {
    places[Self.start(of: digest)]?.first { digests[$0].isEqual(to: digest) }
  }

  private static func start(of digest: UnsafeRawBufferPointer) -> UInt64 {
    digest.count < 8 ? 0 : digest.loadUnaligned(as: UInt64.self)
  }
}

extension FileValues {
  fileprivate mutating func merge(_ other: FileValues) {
    bytes = max(bytes, other.bytes)
    isMissing = isMissing || other.isMissing
    isOnRemote = isOnRemote || other.isOnRemote
  }
}
