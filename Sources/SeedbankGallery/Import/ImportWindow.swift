import Dispatch
import SeedbankImaging
import SeedbankModel
import Synchronization

/// Files that are inspected together, on all cores, and then written together.
struct ImportWindow: Sendable {
  let files: ArraySlice<ImportScan.File>

  /// As many files, and as many bytes of them, as may be in memory at once; one file in any case.
  private static let (most, mostBytes) = (64, Int64(48) << 20)

  /// The first files of `rest`.
  init(of rest: ArraySlice<ImportScan.File>) {
    var bytes: Int64 = 0
    let end = rest.prefix(Self.most).firstIndex { file in
      bytes += file.bytes
      return bytes > Self.mostBytes && file != rest.first
    }
    files = rest[..<(end ?? min(rest.startIndex + Self.most, rest.endIndex))]
  }

  /// What the files are, in their order.
  ///
  /// Off Swift's own threads: a wait for the disk there would delay the decoding of another file.
  /// - Parameters:
  ///   - manifests: of the exported folders that they may belong to.
  ///   - logs: of the folders that Fooocus may have written.
  ///   - catalogued: what the library knows of a digest.
  func inspected(
    _ manifests: [ExportedManifest], limits: DecodeLimits, logs: FooocusLogs,
    catalogued: @escaping @Sendable (Digest) throws -> CataloguedImage?
  ) async -> [ImportedImage.Outcome] {
    guard !files.isEmpty else { return [] }
    return await withCheckedContinuation { continuation in
      DispatchQueue(label: "seedbank.import").async {
        let found = Mutex(
          [ImportedImage.Outcome](repeating: .stopped(CancellationError()), count: files.count))
        DispatchQueue.concurrentPerform(iterations: files.count) { index in
          let path = files[files.startIndex + index].path
          let outcome = ImportedImage.inspect(
            path, limits: limits, manifests: manifests, logs: logs, catalogued: catalogued)
          found.withLock { $0[index] = outcome }
        }
        continuation.resume(returning: found.withLock { $0 })
      }
    }
  }
}
