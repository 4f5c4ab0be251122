import SeedbankModel
import SeedbankStorage

extension RemoteConnection {
  /// Compares the objects of the remote with each other and with the library.
  ///
  /// - Parameter deep: whether every object is read and its digest compared.
  /// - Throws: `RemoteError`, `LibraryError`.
  public func check(
    deep: Bool, progress show: @escaping @Sendable (RemoteProgressReport) -> Void = { _ in }
  ) async throws -> RemoteCheckReport {
    try await open(creating: false)
    var report = RemoteCheckReport()
    try await checkSegments(deep, &report)
    try await checkImages(deep, &report, show)
    return report
  }

  private func checkSegments(_ deep: Bool, _ report: inout RemoteCheckReport) async throws {
    var newest: [String: Int64] = [:]
    var counters: Set<String> = []
    for object in try await store.objects(in: RemoteLayout.segments) {
      guard let segment = RemoteLayout.SegmentName(object.key) else {
        report.problems.append(RemoteProblem(key: object.key, kind: .foreign))
        continue
      }
      report.segments += 1
      newest[segment.library] = max(newest[segment.library] ?? 0, segment.counter)
      if !counters.insert("\(segment.library) \(segment.counter)").inserted {
        report.problems.append(RemoteProblem(key: object.key, kind: .counterUsedTwice))
      }
      if deep {
        let bytes = try await store.read(object.key, limit: 256 << 20)
        if bytes.map({ Digest(of: $0) }) != segment.digest {
          report.problems.append(RemoteProblem(key: object.key, kind: .damaged))
        }
      }
    }
    report.libraries = newest.count
    var heads: Set<String> = []
    for object in try await store.objects(in: RemoteLayout.heads) {
      let writer = String(object.key.dropFirst(RemoteLayout.heads.count))
      guard RemoteLayout.isLibrary(writer) else {
        report.problems.append(RemoteProblem(key: object.key, kind: .foreign))
        continue
      }
      heads.insert(writer)
      let bytes = try await store.read(object.key, limit: 4 << 10) ?? []
      let counter = try? JSONReader.member("counter", of: String(decoding: bytes, as: UTF8.self))
      if counter.flatMap({ Int64($0) }) != newest[writer] {
        report.problems.append(RemoteProblem(key: object.key, kind: .staleHead))
      }
    }
    for writer in newest.keys.sorted() where !heads.contains(writer) {
      report.problems.append(
        RemoteProblem(key: RemoteLayout.head(of: writer), kind: .absent))
    }
  }

  private func checkImages(
    _ deep: Bool, _ report: inout RemoteCheckReport,
    _ show: @escaping @Sendable (RemoteProgressReport) -> Void
  ) async throws {
    let found = Collected<StoredObject>()
    try await store.list(RemoteLayout.images, after: nil) { found.add($0) }
    var sizes: [Digest: Int64] = [:]
    for object in found.elements {
      guard let digest = RemoteLayout.image(atKey: object.key) else {
        report.problems.append(RemoteProblem(key: object.key, kind: .foreign))
        continue
      }
      sizes[digest] = object.size
      report.images += 1
      report.imageBytes += object.size
    }
    var last: Digest?
    var done = 0
    while true {
      let page = try await BlockingWork.run { [library, name, last] in
        try library.imagesOnRemote(name, after: last, limit: 256)
      }
      guard let end = page.last else { return }
      last = end.digest
      let problems = Collected<RemoteProblem>()
      try await inParallel(page) { [sizes] image in
        var problem: RemoteProblem.Kind? =
          sizes[image.digest] == nil
          ? .absent : sizes[image.digest] == image.bytes ? nil : .wrongSize
        if problem != nil {
          try await BlockingWork.run { [library, name] in
            try library.note(absent: image.digest, on: name)
          }
        } else if deep {
          problem = try await retry { try await check(image) }
        }
        if let problem {
          problems.add([RemoteProblem(key: RemoteLayout.image(image.digest), kind: problem)])
        }
      }
      done += page.count
      report.problems += problems.elements.sorted { $0.key < $1.key }
      show(RemoteProgressReport(work: .images, done: done, total: sizes.count))
    }
  }
}
