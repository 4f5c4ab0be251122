import Foundation
import Synchronization
import TestRandomness
import Testing

@testable import SeedbankProviders

extension HTTPTests {
  @Suite("The bytes of an exchange")
  struct TransferTests {
    @Test("any printable path and query reach the server byte for byte")
    func target() async throws {
      var random = SeededGenerator(seed: 11)
      let allowed = (UInt8(0x21)...0x7E).filter { $0 != UInt8(ascii: "#") }
      let targets = (0..<300).map { _ in
        let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
          Bool.random(using: &random)
            ? allowed.randomElement(using: &random) ?? 0x21
            : Array("/.?%2eA&=".utf8).randomElement(using: &random) ?? 0x2F
        }
        return "/" + String(decoding: bytes, as: UTF8.self)
      }
      try await RawServer.run(.always(.reply(200, "x"))) { server in
        try await withClient(server.base) { client in
          for target in targets {
            _ = try await client.download(ImageLink(server.base + target), to: MemorySink())
          }
        }
        #expect(server.requests.map(\.target) == targets)
      }
    }

    /// Blocks at the first part until it is released.
    private struct HeldSink: DownloadSink {
      let released: Event

      func begin(_ start: DownloadStart) async throws {}
      func write(_ chunk: [UInt8]) async throws { await released.wait() }
    }

    @Test("a slow sink makes the server wait, and memory use stays constant")
    func slowSink() async throws {
      let released = Event()
      let sent = Mutex(0)
      // The two sockets and the client's buffer hold much less than this.
      let total = 48 << 20
      let script = RawServer.Script { _ in
        [
          .send("HTTP/1.1 200 OK\r\nContent-Length: \(total)\r\n\r\n"),
          .act { socket in
            var isFull = false
            while !isFull, sent.withLock({ $0 }) < total {
              switch ServerSocket.sendSome([UInt8](repeating: 7, count: 65_536), socket) {
              case .some(let count): sent.withLock { $0 += count }
              case nil: isFull = ServerSocket.isFull(socket)
              }
            }
            #expect(sent.withLock { $0 } < total)
            released.happen()
          },
          .act { socket in
            let left = total - sent.withLock { $0 }
            _ = ServerSocket.send([UInt8](repeating: 7, count: left), socket)
          },
        ]
      }
      try await RawServer.run(script) { server in
        let download = try await withClient(server.base) {
          try await $0.download(ImageLink(server.base), to: HeldSink(released: released))
        }
        #expect(download.length == Int64(total))
      }
    }

    @Test("a large body is sent whole")
    func largeBody() async throws {
      let text = String(repeating: "a prompt ", count: 400_000)
      let body = RequestBody(recorded: Array(text.utf8))
      try await RawServer.run(.always(.reply(200, #"{"id":"j"}"#))) { server in
        let answer = try await withClient(server.base) { await $0.submit(body) }
        #expect(Summary.of(answer.outcome) == "accepted j")
        #expect(server.requests.map(\.body) == [text])
        #expect(server.requests.first?.header("Expect") == nil)
      }
    }
  }
}
