import Foundation
import SeedbankImaging
import SeedbankModel
import SeedbankQuery
import SeedbankStorage

@testable import SeedbankWeb

/// A server for a separate library, stopped at the end of a test.
struct TestServer {
  let server: WebServer
  let library: Library
  let token: String
  let folder: URL

  var port: Int { server.port }
  var host: String { "127.0.0.1:\(server.port)" }

  static func run(
    _ change: (inout ServerSettings) -> Void = { _ in },
    prepare: (Library) throws -> Void = { _ in },
    _ body: (TestServer) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "web-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let library = try Library.open(LibraryFolder(path: folder.path), for: .creating)
    try prepare(library)
    let test = try await start(change, library, folder)
    do {
      try await body(test)
    } catch {
      await test.server.stop()
      throw error
    }
    await test.server.stop()
  }

  static func start(
    _ change: (inout ServerSettings) -> Void, _ library: Library, _ folder: URL
  ) async throws -> TestServer {
    var random = SystemRandomNumberGenerator()
    var settings = ServerSettings(
      token: AccessToken(using: &random),
      wording: Wording(sentence: { ("\($0)", nil) }, note: { "\($0)" }), actor: "tester",
      version: "0", local: { .utc(now: TestServer.now) })
    settings.port = 0
    settings.watchMilliseconds = 20
    change(&settings)
    let libraryFolder = library.folder
    let server = try await WebServer.start(settings) { try Library.open(libraryFolder, for: $0) }
    return TestServer(server: server, library: library, token: settings.token.text, folder: folder)
  }

  static let now = Timestamp(milliseconds: 1_795_000_000_000)

  // MARK: Requests

  /// Sends one request on a separate connection, with the token and the given headers and body.
  func request(
    _ method: String, _ target: String, _ fields: String = "", body: String? = nil
  ) async throws -> RawReply {
    var text = "\(method) \(target) HTTP/1.1\r\nHost: \(host)\r\nAuthorization: Bearer \(token)\r\n"
    if let body {
      text += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n"
    }
    return try await exchange(text + fields + "Connection: close\r\n\r\n" + (body ?? ""))
  }

  func get(_ target: String, _ fields: String = "") async throws -> RawReply {
    try await request("GET", target, fields)
  }

  func exchange(_ text: String) async throws -> RawReply {
    let connection = try RawConnection(port: port)
    try await connection.send(text)
    return RawReply(try await connection.receiveAll())
  }
}

extension Library {
  /// Records a complete generation, with an image if `shade` is given.
  ///
  /// - Parameter change: makes other changes before it is recorded.
  @discardableResult
  func add(
    _ prompt: String, tags: [String] = [], model: String? = "seedream-3-0-t2i-250415",
    at time: String = "2026-11-05T08:04:59Z", shade: UInt8? = nil, group: Int? = nil,
    change: (inout GenerationDraft) -> Void = { _ in }
  ) throws -> GenerationID {
    var draft = try draft(prompt, tags: tags, model: model, at: time, shade: shade)
    draft.provider.groupSize = group
    change(&draft)
    return try record([draft])[0]
  }

  private func draft(
    _ prompt: String, tags: [String], model: String?, at time: String, shade: UInt8?
  ) throws -> GenerationDraft {
    guard let created = Timestamp(rfc3339: time) else { throw CocoaError(.coderInvalidValue) }
    var random = SystemRandomNumberGenerator()
    var draft = GenerationDraft(
      uid: UID(at: created, using: &random), prompt: prompt,
      parameters: Parameters(
        model: model, size: "64x64", width: 64, height: 64, seed: ImageSeed(Int64(42))),
      createdAt: created, status: .complete, tags: tags.compactMap { TagName($0) })
    draft.completedAt = created
    if let shade {
      let bytes = try Self.picture(shade)
      let incoming = try images.receive("sample-\(shade)")
      try bytes.withUnsafeBytes { try incoming.append($0) }
      let digest = try images.keep(incoming, format: "png")
      draft.images = [
        CataloguedImage(
          position: 1, digest: digest, format: "png", width: 64, height: 64,
          bytes: Int64(bytes.count), perceptualHash: UInt64(shade))
      ]
    }
    return draft
  }

  /// Records many generations at once.
  func add(_ count: Int, _ prompt: String) throws {
    let drafts = try (0..<count).map { _ in
      try draft(prompt, tags: [], model: nil, at: "2026-11-05T08:04:59Z", shade: nil)
    }
    _ = try record(drafts)
  }

  /// Returns an image of one color that depends on `shade`.
  static func picture(_ shade: UInt8) throws -> [UInt8] {
    let pixel = [shade, 255 - shade, 100]
    let bytes = (0..<64 * 64).flatMap { _ in pixel }
    return try Pixels(width: 64, height: 64, layout: .rgb, bytes: bytes)?.encoded(as: .png()) ?? []
  }

  func digest(of id: GenerationID) throws -> String {
    try generation(id)?.images.first?.digest.hex ?? ""
  }
}
