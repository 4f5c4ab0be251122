import FilePaths
public import SeedbankModel
import SeedbankStorage
import Synchronization

extension RemoteConnection {
  private static let pageSize = 256

  /// Downloads the images of these generations that are only on the remote.
  ///
  /// - Throws: `RemoteError`, `LibraryError`.
  public func fetch(
    _ ids: [GenerationID],
    progress show: @escaping @Sendable (RemoteProgressReport) -> Void = { _ in }
  ) async throws -> PullReport {
    try await open(creating: false)
    var report = PullReport()
    try await fetch(ids, &report, show)
    return report
  }

  /// - Parameter ids: nil for all generations.
  func fetch(
    _ ids: [GenerationID]?, _ report: inout PullReport,
    _ show: @escaping @Sendable (RemoteProgressReport) -> Void
  ) async throws {
    try await forEachPage(
      of: { [library, name] in
        try library.imagesToFetch(from: name, of: ids, after: $0, limit: Self.pageSize)
      }, done: report.images, show,
      work: { image in try await retry { try await fetch(image) } },
      add: { outcome in
        report.images += outcome.images
        report.imageBytes = report.imageBytes.addingSize(outcome.bytes)
        report.problems += outcome.problems
      })
  }

  /// Works on images, a page at a time.
  ///
  /// - Parameters:
  ///   - page: Returns the images after a digest, in the order of their digests.
  ///   - done: The number of images that are shown as done before the first one.
  ///   - work: Returns why an image is not transferred; nil if it is.
  ///   - add: Takes the outcome of each page.
  private func forEachPage(
    of page: @escaping @Sendable (_ after: Digest?) throws -> [PushedImage], done: Int,
    _ show: @escaping @Sendable (RemoteProgressReport) -> Void,
    work: @escaping @Sendable (PushedImage) async throws -> RemoteProblem.Kind?,
    add: (Outcome) -> Void
  ) async throws {
    var last: Digest?
    var done = done
    while true {
      let images = try await BlockingWork.run { [last] in try page(last) }
      guard let end = images.last else { return }
      last = end.digest
      let state = Mutex(Outcome())
      let before = done
      try await inParallel(images) { image in
        let problem = try await work(image)
        let count = state.withLock { $0.add(image, problem) }
        show(RemoteProgressReport(work: .images, done: before + count, total: nil))
      }
      let outcome = state.withLock { $0 }
      done += outcome.images
      add(outcome)
    }
  }

  private struct Outcome {
    var images = 0
    var bytes: Int64 = 0
    var problems: [RemoteProblem] = []

    mutating func add(_ image: PushedImage, _ problem: RemoteProblem.Kind?) -> Int {
      if let problem {
        problems.append(RemoteProblem(key: RemoteLayout.image(image.digest), kind: problem))
      } else {
        images += 1
        bytes = bytes.addingSize(image.bytes)
      }
      return images
    }
  }

  private func fetch(_ image: PushedImage) async throws -> RemoteProblem.Kind? {
    let downloaded: DownloadedImage
    do {
      downloaded = try await BlockingWork.run { [library] in
        try DownloadedImage(of: image, in: library)
      }
    } catch LibraryError.full(let path) {
      // A record of another library says how large the image is, and can be wrong.
      guard let object = try await store.object(RemoteLayout.image(image.digest)) else {
        return .absent
      }
      guard object.size == image.bytes else { return .wrongSize }
      throw LibraryError.full(path: path)
    }
    let problem = try await check(image) { part in try downloaded.append(part) }
    if let problem { return problem }
    let claim = try await claimStore()
    defer { withExtendedLifetime(claim) {} }
    try await BlockingWork.run { [library] in
      try downloaded.keep(as: image, in: library)
      unlink(library.folder.receivedThumbnail(of: image.digest))
    }
    return nil
  }

  /// Claims the image store to add an image, after an import or a check has ended.
  ///
  /// - Throws: `CancellationError` if the task is cancelled meanwhile; `LibraryError`.
  private func claimStore() async throws -> Claim {
    let claim = try await library.claimStore(
      for: .adding, pausing: { [retry] length in _ = try? await retry.pause(length) },
      isStopped: { Task.isCancelled })
    guard let claim else { throw CancellationError() }
    return claim
  }

  /// Reads the remote's copy of an image and compares size and digest.
  ///
  /// One that is not whole is noted, so that a library that has the file pushes it again. A transfer that ends too
  /// early without an error looks like damage, so the copy is read a second time before that.
  private func check(
    _ image: PushedImage, take: @escaping @Sendable ([UInt8]) throws -> Void = { _ in }
  ) async throws -> RemoteProblem.Kind? {
    guard let first = try await compare(image, take: take) else { return nil }
    guard let problem = try await compare(image) else { return first }
    _ = try await BlockingWork.run { [library, name] in
      try library.note(absent: image.digest, on: name)
    }
    return problem
  }

  /// Reads the remote's copy of an image and compares size and digest.
  func compare(
    _ image: PushedImage, take: @escaping @Sendable ([UInt8]) throws -> Void = { _ in }
  ) async throws -> RemoteProblem.Kind? {
    let hash = Mutex((digest: RunningDigest(), count: Int64(0)))
    let isThere: Bool
    do {
      isThere = try await store.download(RemoteLayout.image(image.digest), limit: image.bytes) {
        part in
        let isTooLong = hash.withLock { hash in
          part.withUnsafeBytes { hash.digest.update($0) }
          hash.count += Int64(part.count)
          return hash.count > image.bytes
        }
        guard !isTooLong else { throw TooLong() }
        try take(part)
      }
    } catch is TooLong {
      return .wrongSize
    } catch RemoteError.tooLarge {
      return .wrongSize
    }
    let (digest, count) = hash.withLock { ($0.digest.value, $0.count) }
    if isThere, digest == image.digest { return nil }
    return !isThere ? .absent : count == image.bytes ? .damaged : .wrongSize
  }

  private struct TooLong: Error {}

  /// Removes image files of these generations from the library.
  ///
  /// Before that, the remote's copy of each is read back and its digest compared. A thumbnail stays.
  ///
  /// - Throws: `RemoteError`, `LibraryError`.
  public func drop(
    _ ids: [GenerationID],
    progress show: @escaping @Sendable (RemoteProgressReport) -> Void = { _ in }
  ) async throws -> DropReport {
    try await open(creating: false)
    var report = DropReport()
    let maker = ThumbnailMaker(library.folder)
    try await forEachPage(
      of: { [library, name] in
        try library.imagesToDrop(on: name, of: ids, after: $0, limit: Self.pageSize)
      }, done: 0, show,
      work: { image in
        let problem = try await retry { try await check(image) }
        if problem == nil {
          try await BlockingWork.run { [library, now] in
            if let jpeg = maker.jpeg(of: image) {
              let path = library.folder.receivedThumbnail(of: image.digest)
              library.folder.keepThumbnail(jpeg, at: path)
            }
            try library.drop(image, at: now())
          }
        }
        return problem
      },
      add: { outcome in
        report.images += outcome.images
        report.imageBytes = report.imageBytes.addingSize(outcome.bytes)
        report.problems += outcome.problems
      })
    return report
  }
}
