import Foundation
import NIOCore
import NIOPosix
import SeedbankImaging
import SeedbankModel
import SeedbankQuery
import SeedbankStorage
import Synchronization
import Testing

@testable import SeedbankWeb

/// Records the sizes of the created thumbnails, in order.
private final class Made: Sendable {
  let sizes = Mutex<[Int]>([])
}

@Suite("Images and thumbnails over HTTP") struct ImageTests {
  @Test("a reference image of a request is sent like an image")
  func referenceImage() async throws {
    var digest = ""
    try await TestServer.run { _ in
    } prepare: { library in
      let bytes = try Library.picture(9)
      let incoming = try library.images.receive("reference")
      try bytes.withUnsafeBytes { try incoming.append($0) }
      let kept = try library.images.keep(incoming, format: "png")
      digest = kept.hex
      var random = SystemRandomNumberGenerator()
      var draft = GenerationDraft(
        uid: UID(at: TestServer.now, using: &random), prompt: "a cat", parameters: Parameters(),
        createdAt: TestServer.now, status: .queued, tags: [])
      draft.references = [
        ReferenceImage(
          position: 1, digest: kept, format: "png", width: 64, height: 64,
          bytes: Int64(bytes.count))
      ]
      try library.record([draft])
    } _: { test async throws in
      let page = try await test.get("/api/generations")
      #expect(String(decoding: page.body, as: UTF8.self).contains("\"sha256\":\"\(digest)\""))
      #expect(try await test.get("/images/\(digest)").body == Library.picture(9))
      #expect(try await test.get("/thumbnails/\(digest)?size=160").status == 200)
    }
  }

  @Test("an image is sent whole or in parts, and not again if the browser has it")
  func image() async throws {
    try await TestServer.run { _ in
    } prepare: {
      try $0.add("cat", shade: 7)
    } _: { test async throws in
      let digest = try test.library.digest(of: .init(1))
      let expected = try Library.picture(7)
      let whole = try await test.get("/images/\(digest)")
      #expect(whole.status == 200)
      #expect(whole.body == expected)
      #expect(whole.header("Content-Type") == "image/png")
      #expect(whole.header("ETag") == "\"\(digest)\"")
      #expect(whole.header("Cache-Control")?.contains("immutable") == true)
      let part = try await test.get("/images/\(digest)", "Range: bytes=2-5\r\n")
      #expect(part.status == 206)
      #expect(part.body == Array(expected[2...5]))
      #expect(part.header("Content-Range") == "bytes 2-5/\(expected.count)")
      let beyond = try await test.get("/images/\(digest)", "Range: bytes=999999-\r\n")
      #expect(beyond.status == 416)
      #expect(beyond.code == "bad_range")
      #expect(beyond.header("Content-Range") == "bytes */\(expected.count)")
      let known = try await test.get("/images/\(digest)", "If-None-Match: \"\(digest)\"\r\n")
      #expect(known.status == 304)
      let other = try await test.get(
        "/images/\(digest)", "Range: bytes=2-5\r\nIf-Range: \"other\"\r\n")
      #expect(other.status == 200)
      let head = try await test.request("HEAD", "/images/\(digest)")
      #expect(head.body.isEmpty)
      #expect(head.header("Content-Length") == "\(expected.count)")
    }
  }

  @Test("missing images, unknown images and malformed names have different errors")
  func absentImages() async throws {
    try await TestServer.run { _ in
    } prepare: {
      try $0.add("cat", shade: 7)
    } _: { test async throws in
      let image = try #require(try test.library.generation(.init(1))?.images.first)
      let path = test.library.folder.absolutePath(of: image).text
      try FileManager.default.removeItem(atPath: path)
      for kind in ["images", "thumbnails"] {
        let missing = try await test.get("/\(kind)/\(image.digest.hex)")
        #expect(missing.status == 404)
        #expect(missing.code == "image_missing")
        #expect(try await test.get("/\(kind)/" + String(repeating: "0", count: 64)).status == 404)
        #expect(try await test.get("/\(kind)/abc").status == 400)
      }
      // Only regular files are opened, so a pipe does not block the server.
      #expect(mkfifo(path, 0o600) == 0)
      #expect(try await test.get("/images/\(image.digest.hex)").status == 404)
    }
  }

  @Test("of a file that is another image, nothing is kept: no thumbnail, and no copy in browsers")
  func replacedFile() async throws {
    try await TestServer.run { _ in
    } prepare: { library in
      try library.add("cat", shade: 7)
      try library.add("dog", shade: 9)
    } _: { test async throws in
      let image = try #require(try test.library.generation(.init(1))?.images.first)
      let other = try test.library.digest(of: .init(2))
      let folder = test.library.folder
      let file = URL(fileURLWithPath: folder.absolutePath(of: image).text)
      let recorded = try Data(contentsOf: file)
      let pixels = (0..<80 * 80 * 3).map { UInt8(truncatingIfNeeded: $0 * $0 / 7) }
      let edited = try #require(Pixels(width: 80, height: 80, layout: .rgb, bytes: pixels))
      try Data(edited.encoded(as: .png())).write(to: file, options: .atomic)

      let digest = image.digest.hex
      for size in ThumbnailStore.sizes {
        let refused = try await test.get("/thumbnails/\(digest)?size=\(size)")
        #expect(refused.status == 422 && refused.code == "image_damaged")
        let kept = folder.thumbnail(of: image.digest, size: size).text
        #expect(!FileManager.default.fileExists(atPath: kept))
      }
      let compared = try await test.get("/api/compare?a=\(digest)&b=\(other)")
      #expect(compared.status == 422 && compared.code == "image_damaged")
      let damaged = try await test.get("/images/\(digest)")
      #expect(damaged.status == 200 && damaged.header("Cache-Control") == "private, no-cache")

      try recorded.write(to: file, options: .atomic)
      let tag = try #require(damaged.header("ETag"))
      let restored = try await test.get("/images/\(digest)", "If-None-Match: \(tag)\r\n")
      #expect(restored.status == 200 && restored.body == Array(recorded))
      #expect(restored.header("Cache-Control")?.contains("immutable") == true)
      let thumbnail = try await test.get("/thumbnails/\(digest)?size=160")
      #expect(thumbnail.status == 200)
      #expect(try Picture.decode(thumbnail.body).header.width == 64)
    }
  }

  @Test("an image that only a remote has is shown by the thumbnail that was pulled from there")
  func remoteImage() async throws {
    try await TestServer.run { _ in
    } prepare: { library in
      try library.add("cat", shade: 7)
      let image = try #require(try library.generation(.init(1))?.images.first)
      try library.addRemote("nas", url: "file:///nas")
      try library.note([image.digest], on: "nas")
      try library.drop(
        PushedImage(digest: image.digest, format: image.format, bytes: image.bytes),
        at: TestServer.now)
    } _: { test async throws in
      let digest = try #require(try test.library.generation(.init(1))?.images.first?.digest)
      #expect(try await test.get("/thumbnails/\(digest.hex)?size=320").status == 404)
      let jpeg = try Thumbnail.make(of: try Library.picture(7), longSide: 320).jpeg
      let folder = test.library.folder
      #expect(folder.keepThumbnail(jpeg, at: folder.receivedThumbnail(of: digest)))
      let shown = try await test.get("/thumbnails/\(digest.hex)?size=320")
      #expect(shown.status == 200 && shown.body == jpeg)
      // The browser asks again, because the image can be downloaded later.
      #expect(shown.header("Cache-Control") == "private, no-cache")
      #expect(try await test.get("/images/\(digest.hex)").status == 404)
      #expect(try test.library.check().isSound)
    }
  }

  @Test("colors are stored again after the folder of thumbnails was removed")
  func removedThumbnails() async throws {
    try await TestServer.run { _ in
    } prepare: {
      try $0.add("cat", shade: 200)
    } _: { test async throws in
      let digest = try #require(try test.library.generation(.init(1))?.images.first?.digest)
      let folder = test.library.folder
      // Reads the file as the next run of the server does.
      func color() -> MeanColor? {
        PlaceholderColors(folder).color(of: GenerationID(1), showing: digest)
      }
      let target = "/thumbnails/\(digest.hex)?size=160"
      #expect(try await test.get(target).status == 200)
      let first = try #require(color())
      try FileManager.default.removeItem(atPath: folder.thumbnails.text)
      #expect(try await test.get(target).status == 200)
      #expect(color() == first)
    }
  }

  @Test("a thumbnail is made once and stored as derived data")
  func thumbnail() async throws {
    try await TestServer.run { _ in
    } prepare: {
      try $0.add("cat", shade: 200)
    } _: { test async throws in
      let digest = try test.library.digest(of: .init(1))
      let reply = try await test.get("/thumbnails/\(digest)?size=160")
      #expect(reply.status == 200)
      #expect(reply.header("Content-Type") == "image/jpeg")
      #expect(reply.header("ETag") == "\"\(digest)-160\"")
      #expect(try Picture.decode(reply.body).header.width == 64)
      let stored = test.folder.appendingPathComponent(
        "thumbnails/\(digest.prefix(2))/\(digest.prefix(24))-160.jpg")
      #expect(try Array(Data(contentsOf: stored)) == reply.body)
      #expect(try await test.get("/thumbnails/\(digest)?size=160").body == reply.body)
      for size in ["0", "161", "100000", "x"] {
        #expect(try await test.get("/thumbnails/\(digest)?size=\(size)").status == 400)
      }
      let page = try await test.get("/api/generations?ids=1").json()
      let color = try #require((page["placeholders"] as? [String])?.first)
      #expect(color.hasPrefix("#") && color.count == 7)
      #expect(try test.library.check().faults.isEmpty)
    }
  }

  @Test(
    "the last requested thumbnail is made first, each is made once, and none if no client waits for it"
  )
  func thumbnailOrder() async throws {
    let pool = WorkPool(threads: 1, longestQueue: 100)
    let made = Made()
    let gate = DispatchSemaphore(value: 0)
    let begun = AsyncStream.makeStream(of: Void.self)
    let queue = ThumbnailQueue(pool) { key in
      made.sizes.withLock { $0.append(key.size) }
      begun.continuation.yield()
      gate.wait()
      return [UInt8(key.size)]
    }
    let digest = Digest(of: [1])
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let here = Cancellation()
    let gone = Cancellation()
    func ask(_ size: Int, _ cancellation: Cancellation) -> EventLoopFuture<[UInt8]> {
      queue.thumbnail(.init(digest: digest, size: size), for: cancellation, on: loop)
    }
    let first = ask(1, here)
    var starts = begun.stream.makeAsyncIterator()
    _ = await starts.next()
    let others = [ask(2, here), ask(3, gone), ask(4, here), ask(2, here), ask(1, here)]
    gone.cancel()
    for _ in 0..<3 { gate.signal() }
    #expect(try await first.get() == [1])
    #expect(try await others[0].get() == [2])
    #expect(try await others[2].get() == [4])
    #expect(try await others[3].get() == [2])
    #expect(try await others[4].get() == [1])
    await #expect(throws: APIError.cancelled) { try await others[1].get() }
    // The second size was requested again, and so became the most recent request.
    #expect(made.sizes.withLock(\.self) == [1, 2, 4])
    await pool.stop()
  }

  @Test(
    "a stop of the server ends waiting thumbnails, even if the loop of their first request is busy")
  func stop() async throws {
    let pool = WorkPool(threads: 1, longestQueue: 100)
    let gate = DispatchSemaphore(value: 0)
    let begun = AsyncStream.makeStream(of: Void.self)
    let queue = ThumbnailQueue(pool) { _ in
      begun.continuation.yield()
      gate.wait()
      return []
    }
    let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
    let (first, second) = (group.next(), group.next())
    let here = Cancellation()
    func thumbnail(_ size: Int, _ loop: any EventLoop) -> EventLoopFuture<[UInt8]> {
      queue.thumbnail(.init(digest: Digest(of: [1]), size: size), for: here, on: loop)
    }
    let running = thumbnail(1, first)
    var starts = begun.stream.makeAsyncIterator()
    _ = await starts.next()
    let waiting = thumbnail(2, first)
    let ended = Atomic(false)
    thumbnail(2, second).whenFailure { _ in ended.store(true, ordering: .relaxed) }
    let busy = DispatchSemaphore(value: 0)
    first.execute { busy.wait() }
    let isStopping = AsyncStream.makeStream(of: Void.self)
    pool.submit { _ in isStopping.continuation.yield() }
    async let stopped: Void = pool.stop()
    var stops = isStopping.stream.makeAsyncIterator()
    _ = await stops.next()
    // What was scheduled on this loop is now done.
    try await second.submit {}.get()
    let isEnded = ended.load(ordering: .relaxed)
    #expect(isEnded)
    busy.signal()
    gate.signal()
    await stopped
    #expect(try await running.get() == [])
    await #expect(throws: (any Error).self) { try await waiting.get() }
    try await group.shutdownGracefully()
  }

  @Test("a stop of the server ends a waiting thumbnail whose thread makes a later requested one")
  func stopAfterReordering() async throws {
    let pool = WorkPool(threads: 1, longestQueue: 100)
    let gate = DispatchSemaphore(value: 0)
    let begun = AsyncStream.makeStream(of: Void.self)
    let queue = ThumbnailQueue(pool) { key in
      begun.continuation.yield()
      gate.wait()
      return [UInt8(key.size)]
    }
    let loop = MultiThreadedEventLoopGroup.singleton.next()
    let here = Cancellation()
    func thumbnail(_ size: Int) -> EventLoopFuture<[UInt8]> {
      queue.thumbnail(.init(digest: Digest(of: [1]), size: size), for: here, on: loop)
    }
    // The thread is busy until both are requested. Then its first task makes the second thumbnail.
    pool.submit { _ in gate.wait() }
    let ended = Atomic(false)
    thumbnail(1).whenFailure { _ in ended.store(true, ordering: .relaxed) }
    let running = thumbnail(2)
    gate.signal()
    var starts = begun.stream.makeAsyncIterator()
    _ = await starts.next()
    let isStopping = AsyncStream.makeStream(of: Void.self)
    pool.submit { _ in isStopping.continuation.yield() }
    async let stopped: Void = pool.stop()
    var stops = isStopping.stream.makeAsyncIterator()
    _ = await stops.next()
    // What was scheduled on this loop is now done.
    try await loop.submit {}.get()
    let isEnded = ended.load(ordering: .relaxed)
    #expect(isEnded)
    gate.signal()
    await stopped
    #expect(try await running.get() == [2])
  }
}
