import FilePaths
import SeedbankRemote
import SeedbankStorage

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

  /// Opens a remote, runs `body`, and closes it again.
  func withConnection<Value>(
    _ remote: Remote, of library: Library, jobs: Int,
    _ body: (RemoteConnection) async throws -> Value
  ) async throws -> Value {
    let surroundings = RemoteSurroundings(
      variables: environment.variables, home: Path.absolute(environment.home),
      network: try Settings(self).network(), now: { Clock.now() },
      random: { UInt64.random(in: .min ... .max) }, sleep: { try await Task.sleep(for: $0) })
    let connection = try RemoteConnection(remote, of: library, jobs: jobs, in: surroundings)
    do {
      let value = try await body(connection)
      await connection.close()
      return value
    } catch {
      await connection.close()
      throw error
    }
  }

  /// Shows the progress of a transfer while `body` runs. The line is removed when it ends.
  func withRemoteProgress<Value>(
    _ label: String,
    _ body: (@escaping @Sendable (RemoteProgressReport) -> Void) async throws -> Value
  ) async throws -> Value {
    let start = Clock.monotonic()
    let line = ProgressLine(talk)
    defer { line.clear() }
    return try await body { report in
      let detail = report.work == .images ? "images" : "generations"
      line.show(
        Progress(
          label: label, done: report.done, total: report.total, detail: detail,
          elapsed: Clock.monotonic() - start))
    }
  }

  /// Prints the problems of objects. Returns the exit status.
  func tell(_ problems: [RemoteProblem]) -> ExitStatus {
    for problem in problems { talk.warn(RemoteText.sentence(problem)) }
    return problems.isEmpty ? .done : .badData
  }
}
