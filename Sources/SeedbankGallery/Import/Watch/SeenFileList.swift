import FilePaths
import Platform
import SeedbankModel
import SeedbankStorage

/// The list of the files of a watched folder that need not be read again: those whose image is in the
/// library, and those that are not images.
///
/// It is derived data, a file in the library's folder `watched`. Without it, a watch reads all files again,
/// so errors in writing it are ignored. An entry is a file and the digest of its image, or 32 zeros. Only
/// the catalog decides whether the image is in the library, so a list that is newer than the catalog does
/// no harm.
struct SeenFileList: Sendable {
  private let path: FilePath
  /// All entries that the file had.
  private let bytes: [UInt8]
  private let offsets: [SeenFile: Int]

  /// Increase the number when more kinds of files are images or sidecars, so that all files are read again.
  private static let header = Array("Seedbank watch 1\n".utf8)
  private static let entryLength = 48
  /// The longest list that is read, in bytes: a million files.
  private static let longest = 48_000_000

  /// Reads the list of a folder; empty if there is none.
  ///
  /// What is not an entry is removed from the file, so that entries can be added.
  init(of folder: FilePath, in library: LibraryFolder) {
    let name = Digest(of: (realpath(folder) ?? folder).bytes).hex.prefix(32)
    path = library.path + "/watched/" + name
    let found = SidecarFile.read(path, limit: Self.longest) ?? []
    var entries: [UInt8] = []
    if found.starts(with: Self.header) { entries = Array(found.dropFirst(Self.header.count)) }
    // A write that was interrupted leaves a part of an entry.
    let count = entries.count / Self.entryLength
    entries.removeLast(entries.count - count * Self.entryLength)
    if entries.isEmpty {
      unlink(path)
    } else if Self.header.count + entries.count < found.count {
      path.withCString { _ = truncate($0, off_t(Self.header.count + entries.count)) }
    }
    bytes = entries
    offsets = Dictionary(
      (0..<count).map { number in
        let start = number * Self.entryLength
        return (SeenFile(entries[start..<start + 16]), start)
      }
    ) { _, last in last }
  }

  var count: Int { bytes.count / Self.entryLength }

  /// The digest of a listed file's image; `.some(nil)` for a file that is not an image, and nil for a file
  /// that is not listed.
  func digest(of file: SeenFile) -> Digest?? {
    guard let offset = offsets[file] else { return nil }
    let digest = bytes[offset + 16..<offset + Self.entryLength]
    return .some(digest.allSatisfy { $0 == 0 } ? nil : Digest(bytes: digest))
  }

  /// Adds files to the list on disk.
  func append(_ files: [(file: SeenFile, digest: Digest?)]) {
    guard !files.isEmpty else { return }
    _ = mkdir(path.folder, 0o755)
    let isNew = access(path, F_OK) != 0
    write(
      (isNew ? Self.header : []) + Self.entries(files), to: path, O_WRONLY | O_APPEND | O_CREAT)
  }

  /// Replaces the list on disk by these of its files, if it has many others.
  func compact(to files: [SeenFile]) {
    guard count > 2 * files.count + 1_000 || count * Self.entryLength > Self.longest / 2 else {
      return
    }
    let kept = files.map { ($0, digest(of: $0) ?? nil) }
    let draft = path + ".new-\(getpid())"
    guard write(Self.header + Self.entries(kept), to: draft, O_WRONLY | O_CREAT | O_TRUNC),
      rename(draft, path) == 0
    else {
      unlink(draft)
      return
    }
  }

  private static func entries(_ files: [(file: SeenFile, digest: Digest?)]) -> [UInt8] {
    var entries: [UInt8] = []
    entries.reserveCapacity(files.count * entryLength)
    for (file, digest) in files {
      file.append(to: &entries)
      entries += digest?.bytes ?? [UInt8](repeating: 0, count: 32)
    }
    return entries
  }

  @discardableResult
  private func write(_ bytes: [UInt8], to path: FilePath, _ flags: Int32) -> Bool {
    let descriptor = open(path, flags | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return writeAll(bytes, to: descriptor)
  }
}
