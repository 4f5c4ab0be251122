import Testing

extension Harness {
  /// Returns whether this process may mount a small file system for a test.
  @Sendable static func mayMount() async throws -> Bool {
    let script = "mkdir disk && mount -t tmpfs -o size=1m tmpfs disk 2>/dev/null && umount disk"
    return try await Harness().shell(script).status == 0
  }

  /// Runs `body` while the folder `disk` is a file system in memory, with the library on it.
  func withDisk(kilobytes: Int, _ body: () async throws -> Void) async throws {
    environment["SEEDBANK_LIBRARY"] = folder.path + "/disk/library"
    let mounted = try await shell(
      "mkdir -p disk && mount -t tmpfs -o size=\(kilobytes)k tmpfs disk")
    #expect(mounted.status == 0, "\(mounted)")
    do {
      try await body()
    } catch {
      _ = try await shell("umount disk")
      throw error
    }
    _ = try await shell("umount disk")
  }
}
