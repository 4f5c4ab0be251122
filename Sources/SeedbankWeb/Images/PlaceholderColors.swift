import FilePaths
import Platform
import SeedbankModel
import SeedbankQuery
import SeedbankStorage
import Synchronization

/// The mean colour of each generation's first image, in a file of derived data.
///
/// Eight bytes for each id: the first four bytes of the digest, so that a colour is never shown for
/// another image, the colour, and 1. Entries that were never written are zeros.
final class PlaceholderColors: Sendable {
  private let folder: LibraryFolder
  /// The open file; -1 if it could not be opened.
  private let descriptor: Mutex<Int32>
  private static let width: Int64 = 8
  /// Ids beyond this have no colour, so that a damaged catalog cannot make the file huge.
  private static let last: Int64 = 1 << 28

  /// If the file cannot be opened, there are no colours.
  init(_ folder: LibraryFolder) {
    self.folder = folder
    descriptor = Mutex(Self.openFile(in: folder))
  }

  deinit {
    descriptor.withLock { descriptor in
      guard descriptor >= 0 else { return }
      close(descriptor)
    }
  }

  private static func path(in folder: LibraryFolder) -> FilePath {
    folder.thumbnails + "/" + LibraryFolder.placeholders
  }

  private static func openFile(in folder: LibraryFolder) -> Int32 {
    _ = mkdir(folder.thumbnails, 0o755)
    let path = path(in: folder)
    let writing = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    return writing >= 0 ? writing : open(path, O_RDONLY | O_CLOEXEC)
  }

  func color(of generation: GenerationID, showing digest: Digest) -> MeanColor? {
    guard (0...Self.last).contains(generation.rawValue) else { return nil }
    let (count, offset) = (Int(Self.width), generation.rawValue * Self.width)
    let record = descriptor.withLock { readBytes(of: $0, count: count, at: offset) }
    guard let record, record.count == count, record[7] == 1,
      record[..<4].elementsEqual(digest.bytes[..<4])
    else { return nil }
    return MeanColor(red: record[4], green: record[5], blue: record[6])
  }

  func set(_ color: MeanColor, of digest: Digest, for generations: [GenerationID]) {
    let record = digest.bytes[..<4] + [color.red, color.green, color.blue, 1]
    descriptor.withLock { descriptor in
      openAgainIfReplaced(&descriptor)
      guard descriptor >= 0 else { return }
      for generation in generations where (0...Self.last).contains(generation.rawValue) {
        let offset = off_t(generation.rawValue * Self.width)
        _ = Array(record).withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, offset) }
      }
    }
  }

  /// Opens the file again if the open one is not the one in the library.
  ///
  /// A user may remove the folder of thumbnails while the server runs, and what is written to a removed file is lost.
  private func openAgainIfReplaced(_ descriptor: inout Int32) {
    if let file = FileIdentity(descriptor: descriptor),
      let present = FileIdentity(path: Self.path(in: folder)),
      file.device == present.device, file.inode == present.inode
    {
      return
    }
    let opened = Self.openFile(in: folder)
    guard opened >= 0 else { return }
    if descriptor >= 0 { close(descriptor) }
    descriptor = opened
  }
}
