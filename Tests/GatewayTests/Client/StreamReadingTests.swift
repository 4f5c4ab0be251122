import Synchronization
import Testing

@testable import SeedbankProviders

@Suite("A stream that arrives in parts")
struct StreamReadingTests {
  private static let event =
    "data: {\"type\":\"image_generation.partial_succeeded\",\"image_index\":0,"
    + "\"url\":\"https://c.example/a\"}\n\n"

  /// Reads parts, after which the connection breaks or the body ends.
  private func read(
    _ parts: [[UInt8]], breaks: Bool
  ) async throws -> (whole: Reply?, broken: Reply?) {
    let stream = StreamReading(key: try APIKey(secret), firstPosition: 4) { _ in }
    let rest = Mutex(parts)
    var whole: Reply?
    do {
      whole = try await stream.read(
        ReplyHead(status: 200, headers: ReplyHeaders()), limit: 1 << 20
      ) {
        let part: [UInt8]? = rest.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        if part == nil, breaks {
          throw ExchangeFailure(isSent: true, cause: .connection(.closed))
        }
        return part
      }
    } catch is ExchangeFailure {}
    return (whole, await stream.brokenReply)
  }

  @Test("is passed on only for its results, and kept whole")
  func passedOn() async throws {
    let ping = "data: {\"type\":\"ping\"}\n\n"
    let preview =
      "data: {\"type\":\"image_generation.partial_image\",\"b64_json\":\"/9j/\"}\n\n"
    let pings = String(repeating: ping, count: 500)
    let body =
      preview + pings + Self.event + preview + pings + Self.event + preview
      + "data: {\"type\":\"image_generation.completed\",\"usage\":{}}\n\n"
    let passed = Mutex<[[UInt8]]>([])
    let stream = StreamReading(key: try APIKey(secret), firstPosition: 1) { record in
      passed.withLock { $0.append(record) }
    }
    let rest = Mutex([Array(body.utf8)])
    let reply = try await stream.read(
      ReplyHead(status: 200, headers: ReplyHeaders()), limit: 1 << 20
    ) {
      rest.withLock { $0.popLast() }
    }
    #expect(reply.body == StreamRecord.converting(Array(body.utf8)))
    let records = passed.withLock { $0 }
    #expect(records.map { Offers.read($0)?.images.count } == [1, 2, 2])
    #expect(records.last == reply.body)
  }

  @Test("is passed on in time that its length limits, however many results it has")
  func manyResults() async throws {
    let number = Mutex(0)
    let stream = StreamReading(key: try APIKey(secret), firstPosition: 1) { _ in
      number.withLock { $0 += 1 }
    }
    let rest = Mutex([Array(String(repeating: "data: {\"error\":1}\n\n", count: 2_000).utf8)])
    _ = try await stream.read(
      ReplyHead(status: 200, headers: ReplyHeaders()), limit: 1 << 20
    ) {
      rest.withLock { $0.popLast() }
    }
    #expect(number.withLock { $0 } < 120)
  }

  private static let starts = ["", " ", "\r\n\r\n", "\u{FEFF}", "\u{FEFF}\n \t", ": hello\n\n"]

  @Test(
    "keeps the images before a break, with the positions of its attempt", arguments: starts,
    [true, false])
  func broken(_ start: String, _ isByteByByte: Bool) async throws {
    let bytes = Array((start + Self.event).utf8)
    // The second part ends within the name of a field.
    let pieces = [Array(start.utf8), Array("da".utf8), Array(Self.event.utf8.dropFirst(2))]
    let parts = isByteByByte ? bytes.map { [$0] } : pieces.filter { !$0.isEmpty }
    let result = try await read(parts, breaks: true)
    let reply = try #require(result.broken)
    let offers = try #require(Offers.read(reply.body))
    #expect(offers.images.map(\.position) == [4] && offers.isCutOff)
  }

  @Test("a stream that arrives in parts is read to its end", arguments: starts)
  func whole(_ start: String) async throws {
    let end = "data: {\"type\":\"image_generation.completed\",\"usage\":{}}\n\ndata: [DONE]\n\n"
    let parts = Array((start + Self.event + end).utf8).map { [$0] }
    let result = try await read(parts, breaks: false)
    let reply = try #require(result.whole)
    let offers = try #require(Offers.read(reply.body))
    #expect(offers.images.map(\.position) == [4] && !offers.isCutOff)
  }

  @Test(
    "is not assumed of other bodies, which stay as they are",
    arguments: ["", " ", "dat", " {\"data\":[]}", "event", "<html>data:</html>", "\u{FEFF}{}"])
  func others(_ body: String) async throws {
    let bytes = Array(body.utf8)
    let result = try await read(bytes.map { [$0] }, breaks: false)
    #expect(result.whole?.body == bytes)
    #expect(result.broken == nil)
  }
}
