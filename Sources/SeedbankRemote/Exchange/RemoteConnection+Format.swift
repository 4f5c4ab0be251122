import FilePaths
import SeedbankModel
import SeedbankStorage

extension RemoteConnection {
  /// Checks that a remote is at an address, before a library is created for it.
  ///
  /// Writes nothing to the remote.
  ///
  /// - Throws: `RemoteError`; `RemoteError.empty` if nothing was pushed to the address.
  public static func check(
    _ url: String, at pace: TransferPace, in dependencies: RemoteDependencies
  ) async throws {
    let named = dependencies.variables["TMPDIR"] ?? ""
    let store = try Self.store(
      at: url, scratch: FilePath(named.isEmpty ? "/tmp" : named), pace,
      Retry(pause: dependencies.sleep), dependencies)
    do {
      guard let bytes = try await store.read(RemoteLayout.format, limit: formatLimit) else {
        throw RemoteError.empty
      }
      _ = try Self.id(inFormat: bytes)
      await store.close()
    } catch {
      await store.close()
      throw error
    }
  }

  /// The largest `format.json`, in bytes.
  private static let formatLimit = 64 << 10

  /// Checks that the remote is one, and remembers which; creates it if it is empty and `creating`.
  func open(creating: Bool) async throws {
    if let bytes = try await store.read(RemoteLayout.format, limit: Self.formatLimit) {
      return try await note(format: bytes)
    }
    let known = try await BlockingWork.run { [library, name] in
      try library.remotes().first { $0.name == name }?.id
    }
    // A folder that is not mounted looks like an empty one.
    if known != nil { throw RemoteError.vanished }
    guard creating else { throw RemoteError.empty }
    try await store.checkPlace()
    var writer = JSONWriter()
    writer.object { object in
      object.member("seedbank_remote", RemoteLayout.version)
      object.member("id", Hex.string((0..<4).flatMap { _ in bytes(of: random()) }.suffix(16)))
    }
    writer.newline()
    // Another library may write it at the same time. So the file is read back in any case.
    _ = try await store.create(writer.bytes, at: RemoteLayout.format)
    guard let bytes = try await store.read(RemoteLayout.format, limit: Self.formatLimit) else {
      throw RemoteError.notARemote
    }
    try await note(format: bytes)
  }

  private func bytes(of number: UInt64) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number >> (8 * UInt64($0))) }
  }

  private func note(format bytes: [UInt8]) async throws {
    let id = try Self.id(inFormat: bytes)
    try await BlockingWork.run { [library, name] in try library.note(remoteID: id, of: name) }
  }

  /// The id in a `format.json` of a supported version.
  private static func id(inFormat bytes: [UInt8]) throws -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    guard
      let version = (try? JSONReader.member("seedbank_remote", of: text)).flatMap({ Int($0) }),
      let id = try? JSONReader.member("id", of: text)
    else { throw RemoteError.notARemote }
    guard version <= RemoteLayout.version else {
      throw RemoteError.newerFormat(found: version, supported: RemoteLayout.version)
    }
    let plain = id.filter { $0 != "\"" }
    guard RemoteLayout.isLibrary(plain) else { throw RemoteError.notARemote }
    return plain
  }
}
