import FilePaths
import SeedbankModel
import SeedbankRemote
import SeedbankStorage
import Synchronization

extension Session {
  /// The remote with that name; without a name, the only remote.
  ///
  /// - Throws: `RemoteNameError`, or a `Failure` without a remote or with several.
  func remote(_ name: String?, of library: Library) throws -> Remote {
    let remotes = try library.remotes()
    if let name {
      guard let remote = remotes.first(where: { $0.name == name }) else {
        throw RemoteNameError.unknown(name)
      }
      return remote
    }
    guard let first = remotes.first else {
      throw Failure(
        .notConfigured, "the library has no remote",
        hint: "add one: `seedbank remote add NAME URL`")
    }
    guard remotes.count == 1 else {
      throw Failure(
        .usage, "the library has \(remotes.count) remotes",
        hint: "name one: " + remotes.map(\.name).joined(separator: ", "))
    }
    return first
  }

  /// The remote and the query that the words of a push or a pull name.
  ///
  /// The first word belongs to the query if it is not the name of a remote, and one remote is the only one or the
  /// word cannot be a name.
  ///
  /// - Throws: `RemoteNameError`, or a `Failure` without a remote or with several.
  func remote(
    _ first: String?, _ rest: [String], of library: Library
  ) throws -> (remote: Remote, query: [String]) {
    guard let first else { return (try remote(nil, of: library), rest) }
    let remotes = try library.remotes()
    let isName = Remote.isName(first)
    if remotes.contains(where: { $0.name == first }) || isName && remotes.count != 1 {
      return (try remote(first, of: library), rest)
    }
    let only = try remote(nil, of: library)
    if isName {
      talk.note("'\(first)' is not the name of a remote and belongs to the query")
    }
    return (only, [first] + rest)
  }

  /// What the client of a remote needs from this process.
  func remoteDependencies() throws -> RemoteDependencies {
    RemoteDependencies(
      variables: environment.variables, home: Path.absolute(environment.home),
      network: try Settings(self).network(), now: { Clock.now() },
      random: { UInt64.random(in: .min ... .max) }, sleep: { try await Task.sleep(for: $0) })
  }

  /// Opens a remote, runs `body`, and closes it again.
  func withConnection<Value>(
    _ remote: Remote, of library: Library, at pace: TransferPace,
    _ body: (RemoteConnection) async throws -> Value
  ) async throws -> Value {
    let connection = try RemoteConnection(
      remote, of: library, at: pace, in: remoteDependencies())
    do {
      let value = try await body(connection)
      await connection.close()
      return value
    } catch {
      await connection.close()
      throw error
    }
  }

  /// Opens the library and a remote of it, runs `body`, and closes the remote again.
  ///
  /// - Parameter name: The remote; nil for the only one.
  func withRemote<Value>(
    _ name: String?, at pace: TransferPace,
    _ body: (Remote, RemoteConnection) async throws -> Value
  ) async throws -> Value {
    let library = try openLibrary(for: .writing)
    let remote = try self.remote(name, of: library)
    return try await withConnection(remote, of: library, at: pace) { try await body(remote, $0) }
  }

  /// Downloads the images of these generations that are on remotes only.
  ///
  /// What cannot be downloaded is told, and is not an error.
  func fetchRemoteImages(
    of ids: [GenerationID], in library: Library, isDryRun: Bool
  ) async throws {
    for remote in try library.remotes() where try library.remoteImageCount(on: remote.name) > 0 {
      let plan = try library.fetchPlan(from: remote.name, of: ids)
      guard plan.images > 0 else { continue }
      let what = "\(Count.text(plan.images, "image")) (\(ByteCount.text(plan.bytes)))"
      guard !isDryRun else {
        talk.note("\(what) would be downloaded from the remote \(remote.name)")
        continue
      }
      talk.note("downloading \(what) from the remote \(remote.name)")
      do {
        let writable = try openLibrary(library.folder, for: .writing)
        let pace = TransferPace(jobs: TransferOptions.standardJobs)
        let report = try await withConnection(remote, of: writable, at: pace) { connection in
          try await withRemoteProgress("fetch") { try await connection.fetch(ids, progress: $0) }
        }
        _ = tell(report.problems)
      } catch let error as CancellationError {
        throw error
      } catch {
        let failure = Failure(error)
        talk.warn("images on the remote \(remote.name) were not downloaded: \(failure.sentence)")
      }
    }
  }

  /// Shows the progress of a transfer while `body` runs, and stops it cleanly at the first Ctrl-C.
  ///
  /// - Parameters:
  ///   - label: The name of the transfer.
  ///   - hint: How to continue.
  /// - Throws: `Failure` of status 75 after a Ctrl-C, with what was done.
  func withStoppableProgress<Value: Sendable>(
    _ label: String, hint: String = "run the same command again to continue",
    _ body:
      @escaping @Sendable (@escaping @Sendable (RemoteProgressReport) -> Void) async throws -> Value
  ) async throws -> Value {
    let latest = LatestProgress()
    let stop = stopRequest(waitingFor: .files)
    return try await withRemoteProgress(label) { show in
      let work = Task {
        try await body { report in
          latest.report = report
          show(report)
        }
      }
      stop.whenRequested { work.cancel() }
      do {
        return try await work.value
      } catch  where stop.isRequested {
        let done = latest.report?.sentence ?? "0 images"
        throw Failure(.tryAgain, "\(label) stopped after \(done)", hint: hint)
      }
    }
  }

  /// Shows the progress of a transfer while `body` runs.
  ///
  /// The line is removed when it ends.
  func withRemoteProgress<Value>(
    _ label: String,
    _ body: (@escaping @Sendable (RemoteProgressReport) -> Void) async throws -> Value
  ) async throws -> Value {
    let start = Clock.monotonic()
    let line = ProgressLine(talk)
    defer { line.clear() }
    return try await body { report in
      line.show(
        Progress(
          label: label, done: report.done, total: report.total, detail: report.noun + "s",
          elapsed: Clock.monotonic() - start))
    }
  }

  /// Prints the problems of objects.
  ///
  /// Returns the exit status.
  func tell(_ problems: [RemoteProblem]) -> ExitStatus {
    for problem in problems { talk.warn(RemoteText.sentence(problem)) }
    let repaired = problems.count(where: \.isRepairedByPush)
    if repaired > 0 {
      talk.note("`seedbank push` repairs \(Count.text(repaired, "fault")) from this library")
    }
    return problems.isEmpty ? .done : .badData
  }
}

/// The latest report of a transfer; nil before the first one.
private final class LatestProgress: Sendable {
  private let state = Mutex<RemoteProgressReport?>(nil)

  var report: RemoteProgressReport? {
    get { state.withLock { $0 } }
    set { state.withLock { $0 = newValue } }
  }
}

extension RemoteProgressReport {
  /// What is counted, in the singular.
  fileprivate var noun: String {
    switch work {
    case .images: "image"
    case .records: "generation"
    case .segments: "segment"
    case .thumbnails: "thumbnail"
    }
  }

  /// `3 images`.
  fileprivate var sentence: String { Count.text(done, noun) }
}
