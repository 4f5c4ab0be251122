import FilePaths
import SeedbankModel
import SeedbankStorage

extension RemoteConnection {
  // MARK: Push

  /// Makes the thumbnails of images that are about to be sent.
  func thumbnails(
    of images: ArraySlice<PushedImage>, by maker: ThumbnailMaker
  ) async -> ThumbnailPack {
    await BlockingWork.run {
      ThumbnailPack(
        images.compactMap { image in
          maker.jpeg(of: image).map { ThumbnailPack.Entry(image: image.digest, jpeg: $0) }
        })
    }
  }

  /// Writes thumbnails to the remote, before the images and the segment that refers to them.
  ///
  /// - Parameter counter: of that segment.
  func write(_ pack: ThumbnailPack, _ counter: Int64, _ writer: String) async throws {
    guard !pack.entries.isEmpty else { return }
    let bytes = pack.tar
    try await store.write(
      bytes, to: RemoteLayout.thumbnails(counter, of: writer, Digest(of: bytes)))
  }

  // MARK: Pull

  /// Downloads the thumbnails of images whose files are not here.
  ///
  /// Those of the segments that were merged; a damaged pack is named and skipped.
  func receiveThumbnails(
    _ report: inout PullReport, _ show: @Sendable (RemoteProgressReport) -> Void
  ) async throws {
    let (known, own, file) = try await BlockingWork.run { [library, name] in
      let id = try library.remotes().first { $0.name == name }?.id ?? ""
      return (
        try library.progress(with: name), try library.libraryID(),
        library.folder.receivedThumbnails(from: id)
      )
    }
    var received = await BlockingWork.run { ReceivedThumbnails(readFrom: file) }
    for (writer, progress) in known.sorted(by: { $0.key < $1.key })
    where writer != own && progress.counter > received[writer] {
      let packs = try await store.objects(
        in: RemoteLayout.thumbnails(of: writer),
        after: RemoteLayout.lastThumbnails(received[writer], of: writer))
      for (index, object) in packs.enumerated() {
        try Task.checkCancellation()
        guard let name = RemoteLayout.ThumbnailsName(object.key) else {
          report.problems.append(RemoteProblem(key: object.key, kind: .foreign))
          continue
        }
        guard name.counter <= progress.counter else { break }
        if let pack = try await thumbnails(name, object.key) {
          report.thumbnails += try await keep(pack)
          show(
            RemoteProgressReport(work: .thumbnails, done: report.thumbnails, total: nil))
        } else {
          report.problems.append(RemoteProblem(key: object.key, kind: .damagedThumbnails))
        }
        // Several packs can have one counter.
        let next = index + 1 < packs.count ? RemoteLayout.ThumbnailsName(packs[index + 1].key) : nil
        guard let next, next.counter > name.counter else { continue }
        received[writer] = name.counter
        await BlockingWork.run { [received] in received.write(to: file) }
      }
      received[writer] = progress.counter
      await BlockingWork.run { [received] in received.write(to: file) }
    }
  }

  /// Reads a pack; nil if it is damaged.
  func thumbnails(
    _ name: RemoteLayout.ThumbnailsName, _ key: String
  ) async throws -> ThumbnailPack? {
    let bytes: [UInt8]?
    do {
      bytes = try await store.read(key, limit: ThumbnailPack.limit)
    } catch RemoteError.tooLarge {
      return nil
    }
    return await BlockingWork.run {
      guard let bytes, Digest(of: bytes) == name.digest else { return nil }
      return ThumbnailPack(tar: bytes)
    }
  }

  /// Stores the thumbnails of images that the library knows and whose files are not here.
  ///
  /// - Returns: the number of stored thumbnails.
  private func keep(_ pack: ThumbnailPack) async throws -> Int {
    try await BlockingWork.run { [library] in
      var count = 0
      for entry in pack.entries where ThumbnailMaker.isThumbnail(entry.jpeg) {
        guard let image = try library.cataloguedFile(entry.image), image.missingSince != nil else {
          continue
        }
        let path = library.folder.receivedThumbnail(of: entry.image)
        if library.folder.keepThumbnail(entry.jpeg, at: path) { count += 1 }
      }
      return count
    }
  }

  // MARK: Prune

  /// Removes thumbnails of images that are not used.
  ///
  /// A pack is never changed: its other thumbnails are written as a new pack before it is removed. Damaged
  /// packs are removed.
  func removeThumbnails(
    writtenBefore end: Timestamp, unless isUsed: (Digest) -> Bool
  ) async throws {
    for object in try await store.objects(in: RemoteLayout.thumbnails) {
      guard let name = RemoteLayout.ThumbnailsName(object.key), let written = object.modified,
        written <= end
      else { continue }
      let entries = try await thumbnails(name, object.key)?.entries
      let used = (entries ?? []).filter { isUsed($0.image) }
      guard used.count != entries?.count else { continue }
      try await write(ThumbnailPack(used), name.counter, name.library)
      try await store.remove(object.key)
    }
  }
}
