import Dispatch
import SeedbankImaging
import SeedbankModel
import SeedbankStorage
import Synchronization

/// A group of files that are read together, on all cores, and then written together.
struct ImportWindow: Sendable {
  let files: ArraySlice<ImportScan.File>

  /// The maximum number of files and bytes in memory; at least one file.
  private static let (most, mostBytes) = (64, Int64(24) << 20)

  /// The first files of `rest`.
  init(of rest: ArraySlice<ImportScan.File>) {
    var bytes: Int64 = 0
    let end = rest.prefix(Self.most).firstIndex { file in
      // A file with holes can state any size.
      bytes += min(file.bytes, Self.mostBytes + 1)
      return bytes > Self.mostBytes && file != rest.first
    }
    files = rest[..<(end ?? min(rest.startIndex + Self.most, rest.endIndex))]
  }

  /// The results for the files, in their order.
  ///
  /// Not on Swift's own threads, because waiting for the disk would delay the decoding of other files.
  /// - Parameters:
  ///   - manifests: the manifests of exported folders that may contain them.
  ///   - logs: the logs of folders of Fooocus.
  ///   - library: the library that may already have the images, if it exists.
  func inspected(
    _ manifests: [ExportedManifest], limits: DecodeLimits, logs: FooocusLogs,
    library: Library?
  ) async -> [ImportedImage.Outcome] {
    guard !files.isEmpty else { return [] }
    return await BlockingWork.run {
      let found = Mutex(
        [ImportedImage.Outcome](repeating: .stopped(CancellationError()), count: files.count))
      DispatchQueue.concurrentPerform(iterations: files.count) { index in
        let path = files[files.startIndex + index].path
        let outcome = ImportedImage.inspect(
          path, limits: limits, manifests: manifests, logs: logs, library: library)
        found.withLock { $0[index] = outcome }
      }
      return found.withLock { $0 }
    }
  }
}
