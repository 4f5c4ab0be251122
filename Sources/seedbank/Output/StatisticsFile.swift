import FilePaths
import Platform
import SeedbankGallery
import SeedbankModel
import SeedbankStorage

/// Writes the page of statistics to a file.
enum StatisticsFile {
  /// Writes the page atomically.
  ///
  /// - Parameter isForced: whether a file that is not such a page may be replaced too.
  /// - Throws: `Failure` of status 73 or 74. The file is then unchanged.
  static func write(
    _ statistics: LibraryStatistics, to path: FilePath, at time: Timestamp, isForced: Bool
  ) throws {
    guard isForced || !FileKind.isThere(path) || isOurs(path) else {
      throw Failure(
        .cannotCreate, "\(path) already exists and is not a page of statistics; it was not changed",
        hint: "use another name, or replace the file with --force")
    }
    let page = StatisticsPage.html(statistics, takenAt: Clock.local(time))
    try FileWriting.replace(path, with: Array(page.utf8))
  }

  /// Whether a file starts like a page of statistics.
  private static func isOurs(_ path: FilePath) -> Bool {
    let marker = Array(StatisticsPage.marker.utf8)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    var start = [UInt8](repeating: 0, count: marker.count)
    return pread(descriptor, &start, start.count, 0) == start.count && start == marker
  }
}
