import Synchronization
import Testing

@testable import SeedbankProviders

extension HTTPTests {
  @Suite("Silence after a submit")
  struct SilenceTests {
    private let body = RequestBody(recorded: Array("{}".utf8))
    private let image = #"{"data":[{"url":"https://c.example/a.jpg"}]}"#

    private var settings: GatewaySettings {
      var settings = GatewaySettings()
      settings.submitTimeout = .seconds(2)
      return settings
    }

    @Test("a slow reply without silence is received completely")
    func flowing() async throws {
      let clock = ManualClock()
      let parts = [image.prefix(1)] + (0..<9).map { image.dropFirst(1 + 5 * $0).prefix(5) }
      let steps = parts.map { part in
        [
          RawServer.Step.act { _ in clock.advance(by: .milliseconds(400)) },
          .send(String(part)), .act { _ in clock.waitForReading() },
        ]
      }
      let script = RawServer.Script { [image] _ in
        [.send("HTTP/1.1 200 OK\r\nContent-Length: \(image.utf8.count)\r\n\r\n")]
          + steps.flatMap(\.self)
      }
      try await RawServer.run(script) { server in
        let answer = try await withClient(server.base, settings, clock: clock) {
          await $0.submit(body)
        }
        #expect(Summary.of(answer.outcome).hasPrefix("offered"))
      }
    }

    @Test("a reply that arrived during a suspension is read before the time limit applies")
    func suspended() async throws {
      let (sent, isSuspended, isAnswered) = (Event(), Event(), Event())
      // Between two readings of the clock, the reply arrives and an hour passes.
      let clock = ManualClock { _ in
        guard sent.hasHappened, !isSuspended.hasHappened else { return .zero }
        isSuspended.happen()
        isAnswered.waitOnThread()
        return .seconds(3600)
      }
      let script = RawServer.Script { [image] _ in
        sent.happen()
        return [
          .act { _ in isSuspended.waitOnThread() }, .reply(200, image),
          .act { _ in isAnswered.happen() },
        ]
      }
      var settings = settings
      settings.submitTimeout = .milliseconds(1)
      // Such a short limit has expired at the first check, unless the time of a suspension is not
      // counted.
      try await RawServer.run(script) { [settings] server in
        let answer = try await withClient(server.base, settings, clock: clock) {
          await $0.submit(body)
        }
        #expect(Summary.of(answer.outcome).hasPrefix("offered"))
        #expect(isAnswered.hasHappened)
      }
    }

    @Test("silence beyond the limit is an unknown outcome")
    func silent() async throws {
      let clock = ManualClock { _ in .milliseconds(400) }
      try await RawServer.run(.always(.send("HTTP/1.1 200 OK\r\n"), .hang)) { server in
        let answer = try await withClient(server.base, settings, clock: clock) {
          await $0.submit(body)
        }
        #expect(Summary.of(answer.outcome) == "unknown timedOut")
      }
    }

    @Test("the limit starts when the last byte of the request was sent, and applies once")
    func unanswered() async throws {
      let sent = Event()
      let readings = Mutex(0)
      let clock = ManualClock { _ in
        guard sent.hasHappened else { return .zero }
        readings.withLock { $0 += 1 }
        return .milliseconds(400)
      }
      let script = RawServer.Script { _ in
        sent.happen()
        return [.hang]
      }
      try await RawServer.run(script) { [settings] server in
        let answer = try await withClient(server.base, settings, clock: clock) {
          await $0.submit(body)
        }
        #expect(Summary.of(answer.outcome) == "unknown timedOut")
      }
      // Six readings are more than the limit of two seconds.
      #expect((6...8).contains(readings.withLock(\.self)))
    }
  }
}
