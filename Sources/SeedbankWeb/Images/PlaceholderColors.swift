import FilePaths
import Platform
import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// The mean colour of each generation's first image, in a file of derived data.
///
/// Eight bytes for each id: the first four bytes of the digest, so that a colour is never shown for
/// another image, the colour, and 1. Entries that were never written are zeros.
final class PlaceholderColors: Sendable {
  private let descriptor: Int32
  private static let width: Int64 = 8
  /// Ids beyond this have no colour, so that a damaged catalog cannot make the file huge.
  private static let last: Int64 = 1 << 28

  /// If the file cannot be opened, there are no colours.
  init(_ folder: LibraryFolder) {
    let path = folder.thumbnails + "/" + LibraryFolder.placeholders
    _ = mkdir(folder.thumbnails, 0o755)
    let writing = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    descriptor = writing >= 0 ? writing : open(path, O_RDONLY | O_CLOEXEC)
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  func color(of generation: GenerationID, showing digest: Digest) -> MeanColor? {
    guard descriptor >= 0, (0...Self.last).contains(generation.rawValue) else { return nil }
    var record = [UInt8](repeating: 0, count: Int(Self.width))
    let offset = off_t(generation.rawValue * Self.width)
    guard pread(descriptor, &record, record.count, offset) == record.count, record[7] == 1,
      record[..<4].elementsEqual(digest.bytes[..<4])
    else { return nil }
    return MeanColor(red: record[4], green: record[5], blue: record[6])
  }

  func set(_ color: MeanColor, of digest: Digest, for generations: [GenerationID]) {
    guard descriptor >= 0 else { return }
    let record = digest.bytes[..<4] + [color.red, color.green, color.blue, 1]
    for generation in generations where (0...Self.last).contains(generation.rawValue) {
      let offset = off_t(generation.rawValue * Self.width)
      _ = Array(record).withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, offset) }
    }
  }
}
