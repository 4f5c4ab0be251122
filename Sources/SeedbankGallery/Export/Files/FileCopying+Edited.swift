import FilePaths
import Platform
import SeedbankImaging
import SeedbankModel

extension FileCopying {
  /// Writes an edited file.
  ///
  /// Unchanged parts are written directly, without a copy in memory.
  ///
  /// - Parameter source: the digest of `bytes`.
  /// - Returns: the value that identifies the file later. If the edit only inserts bytes, this is the
  ///   digest of the inserted bytes.
  static func write(
    _ bytes: [UInt8], edited edit: MetadataEdit, of source: Digest, to target: FilePath
  ) throws(ExportError) -> (digest: Digest, splice: InsertedRanges?) {
    let to = try create(target)
    defer { close(to) }
    let pieces = edit.pieces
    let isInsertion = bytes.count == pieces.reduce(0) { $0 + $1.kept }
    var written = EditedFile(descriptor: to, path: target)
    for piece in pieces {
      switch piece {
      case .inserted(let new): try written.insert(new)
      case .original(let range): try written.keep(bytes[range], hashing: !isInsertion)
      }
    }
    try written.flush()
    let splice = isInsertion ? InsertedRanges(inserted: written.inserted, source: source) : nil
    return (written.digest.value, splice)
  }
}

extension MetadataEdit.Piece {
  /// The number of bytes of the original.
  fileprivate var kept: Int {
    if case .original(let range) = self { range.count } else { 0 }
  }
}

/// A file that is being written: short pieces are collected, long ones are written directly.
private struct EditedFile {
  let descriptor: Int32
  let path: FilePath
  private(set) var digest = RunningDigest()
  private(set) var inserted: [Range<Int>] = []
  private var position = 0
  private var short: [UInt8] = []
  private static let long = 1 << 14

  init(descriptor: Int32, path: FilePath) {
    self.descriptor = descriptor
    self.path = path
  }

  mutating func insert(_ new: [UInt8]) throws(ExportError) {
    new.withUnsafeBytes { digest.update($0) }
    inserted.append(position..<position + new.count)
    try add(new[...])
  }

  mutating func keep(_ same: ArraySlice<UInt8>, hashing: Bool) throws(ExportError) {
    if hashing { same.withUnsafeBytes { digest.update($0) } }
    try add(same)
  }

  private mutating func add(_ bytes: ArraySlice<UInt8>) throws(ExportError) {
    position += bytes.count
    guard bytes.count >= Self.long else {
      short += bytes
      return
    }
    try flush()
    let (descriptor, path) = (descriptor, path)
    let result = bytes.withUnsafeBytes { bytes in
      Result { () throws(ExportError) in
        try FileDescriptorWriting.write(bytes, to: descriptor, path: path)
      }
    }
    try result.get()
  }

  mutating func flush() throws(ExportError) {
    try FileDescriptorWriting.write(short, to: descriptor, path: path)
    short = []
  }
}
