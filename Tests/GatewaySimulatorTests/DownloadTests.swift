import FoundationEssentials
import Synchronization
import Testing

@testable import GatewaySimulator

@Suite("Downloads")
struct DownloadTests {
  /// Returns the reply to a download with a transfer, and the bytes of the correct file.
  private func download(
    _ transfer: Transfer, headers: String = "", limit: Int = .max
  ) async throws -> (reply: RawReply, good: [UInt8]) {
    try await withGateway(Rule(on: .download, attempt: 2, Behaviour(transfer: transfer))) {
      gateway in
      let client = RawClient(gateway)
      let url = try await client.offered()
      let good = try await client.get(url).body
      return (try await client.get(url, headers: headers, limit: limit), good)
    }
  }

  @Test(
    "a short, reset or unframed body is the start of a good file",
    arguments: [
      Transfer.Fault.shortBody, .reset, .unframedCut,
    ])
  func cut(_ fault: Transfer.Fault) async throws {
    let (reply, good) = try await download(Transfer(fault: fault, after: 1000))
    #expect(reply.status == 200)
    #expect(good.starts(with: reply.body))
    #expect(reply.broken == (fault == .reset))
    #expect((reply.header("Content-Length") == "\(good.count)") == (fault != .unframedCut))
    if fault != .reset { #expect(reply.body.count == 1000) }
  }

  @Test("chunks may be whole or cut; a body without a length may be whole")
  func framing() async throws {
    let (cut, _) = try await download(Transfer(fault: .cutChunk))
    #expect(cut.header("Transfer-Encoding") == "chunked" && !cut.complete)
    let (chunked, good) = try await download(Transfer(fault: .chunked))
    #expect(chunked.complete && chunked.body.count > good.count)
    let (unframed, whole) = try await download(Transfer(fault: .unframed))
    #expect(unframed.body == whole && unframed.header("Content-Length") == nil)
  }

  @Test("a body may be whole and wrong")
  func wrong() async throws {
    let (type, good) = try await download(Transfer(fault: .wrongType))
    #expect(type.header("Content-Type")?.hasPrefix("text/plain") == true && type.body == good)
    let (page, _) = try await download(Transfer(fault: .page))
    #expect(page.status == 200 && page.text.contains("<html>"))
    let (headless, file) = try await download(Transfer(fault: .withoutEnd))
    #expect(headless.complete && headless.body == Array(file.dropLast(2)))
    let (empty, _) = try await download(Transfer(fault: .empty))
    #expect(empty.status == 200 && empty.header("Content-Length") == "0")
  }

  @Test("a stall sends half and keeps the line; a trickle sends all")
  func slow() async throws {
    let (stalled, good) = try await download(Transfer(fault: .stall, after: 500), limit: 500)
    #expect(!stalled.complete && good.starts(with: stalled.body))
    let (trickled, whole) = try await download(
      Transfer(fault: .trickle, bytesPerSecond: 200_000))
    #expect(trickled.body == whole)
  }

  @Test("an endless body is sent without end and without using more memory")
  func endless() async throws {
    let before = try residentBytes()
    try await withGateway(Rule(on: .download, Behaviour(transfer: Transfer(fault: .endless)))) {
      gateway in
      let client = RawClient(gateway)
      let url = try await client.offered()
      let reply = try await client.get(url, limit: 32 << 20)
      #expect(reply.bytes.count >= 32 << 20)
      // Another reader reads nothing: the bytes that it does not read must not accumulate in
      // memory.
      async let idle = client.get(url, limit: 1)
      _ = try await idle
      let ledger = await gateway.ledger
      #expect(ledger.downloads == 2)
    }
    // The reader holds 32 MiB, and more while its array grows.
    #expect(try residentBytes() - before < 256 << 20)
  }

  private func residentBytes() throws -> Int {
    let path = "/proc/self/statm"
    guard let data = try? Data(contentsOf: URL(filePath: path)) else { return 0 }
    let words = String(decoding: data, as: UTF8.self).split(separator: " ")
    return (Int(words[1]) ?? 0) * 4096
  }

  @Test("redirects lead to the file, in a circle, or out of HTTP")
  func redirects() async throws {
    try await withGateway(
      Rule(on: .download, Behaviour(transfer: Transfer(fault: .redirect, hops: 3)))
    ) { gateway in
      let client = RawClient(gateway)
      var reply = try await client.get(client.offered())
      var hops = 0
      while reply.status == 302, let location = reply.header("Location"), hops < 9 {
        hops += 1
        reply = try await client.get(String(location.dropFirst(gateway.baseURL.count)))
      }
      #expect(hops == 3 && reply.status == 200)
      #expect(reply.body.starts(with: [0xff, 0xd8]))
    }
    let (loop, _) = try await download(Transfer(fault: .redirectLoop))
    #expect(loop.header("Location")?.contains("/images/") == true)
    let (file, _) = try await download(Transfer(fault: .redirectToFile))
    #expect(file.header("Location")?.hasPrefix("file:") == true)
  }

  @Test("a range is honoured, or not, or cannot be")
  func ranges() async throws {
    let (part, good) = try await download(Transfer(), headers: "Range: bytes=1000-\r\n")
    #expect(part.status == 206 && part.body == Array(good.dropFirst(1000)))
    #expect(part.header("Content-Range") == "bytes 1000-\(good.count - 1)/\(good.count)")
    let (whole, _) = try await download(Transfer(ranges: false), headers: "Range: bytes=9-\r\n")
    #expect(whole.status == 200 && whole.complete)
    let (none, _) = try await download(Transfer(), headers: "Range: bytes=99999999-\r\n")
    #expect(none.status == 416)
    let (changed, _) = try await download(
      Transfer(), headers: "Range: bytes=9-\r\nIf-Range: \"other\"\r\n")
    #expect(changed.status == 200)
  }

  @Test("an address is valid only unchanged and until it expires")
  func signedAddresses() async throws {
    let passed = Passed()
    let clock: @Sendable () -> Double = { passed.now }
    try await withGateway(
      Rule(on: .submit, Behaviour(accept: Acceptance(lifetime: 60))),
      now: clock
    ) { gateway in
      let client = RawClient(gateway)
      let url = try await client.offered()
      #expect(url.hasSuffix("%3D%3D"))
      let rewritten = url.replacing("%3D", with: "=")
      #expect(try await client.get(rewritten).status == 403)
      #expect(try await client.get(url + "&x=1").status == 403)
      #expect(try await client.get(url).status == 200)
      passed.seconds.store(61, ordering: .relaxed)
      #expect(try await client.get(url).status == 403)
    }
  }

  @Test("any status can be the reply to a download", arguments: [403, 404, 410, 429, 500, 503])
  func statuses(_ status: Int) async throws {
    try await withGateway(Rule(on: .download, attempt: 1, Behaviour(answer: Answer(status)))) {
      gateway in
      let client = RawClient(gateway)
      let url = try await client.offered()
      #expect(try await client.get(url).status == status)
      #expect(try await client.get(url).status == 200)
      #expect(await gateway.ledger.replies["download \(status)"] == 1)
    }
  }

  @Test("a key at a wrong address is recorded")
  func leaks() async throws {
    try await withGateway { gateway in
      let client = RawClient(gateway)
      let url = try await client.offered()
      let header = "Ocp-Apim-Subscription-Key: simulator-key\r\n"
      #expect(try await client.get(url, headers: header).status == 200)
      _ = try await client.get("/elsewhere", headers: "Authorization: Bearer simulator-key\r\n")
      let leaks = await gateway.ledger.keyLeaks
      #expect(leaks.count == 2)
      #expect(leaks[0].hasPrefix("GET /images/") && leaks[1] == "GET /elsewhere")
      #expect(!leaks[0].contains("Signature"))
    }
  }
}

/// A clock that a test advances.
private final class Passed: Sendable {
  let seconds = Atomic(0)
  var now: Double { 1_757_499_942 + Double(seconds.load(ordering: .relaxed)) }
}
