import Dispatch
import Testing

@testable import SeedbankProviders

extension HTTPTests {
  @Suite("A reply without an end")
  struct EndlessReplyTests {
    private let body = RequestBody(recorded: Array("{}".utf8))

    private var settings: GatewaySettings {
      var settings = GatewaySettings()
      settings.submitTimeout = .seconds(2)
      settings.wholeSubmitTimeout = .seconds(3)
      return settings
    }

    @Test(
      "after the time limit of a submit, the outcome is unknown, also if bytes still arrive",
      arguments: [": keep-alive\n\n", "  \n"])
    func endless(_ text: String) async throws {
      let clock = ManualClock()
      let answered = DispatchSemaphore(value: 0)
      func pass() -> [RawServer.Step] {
        [.act { _ in clock.advance(by: .milliseconds(400)) }, .send(text)]
      }
      // The last bytes arrive after 3.2 seconds.
      let parts = (1...7).flatMap { _ in pass() + [.act { _ in clock.waitForReading() }] } + pass()
      let script = RawServer.Script { _ in
        // Without a time limit, the reply is complete when the connection is closed.
        [.send("HTTP/1.1 200 OK\r\n\r\n")] + parts
          + [.act { _ in _ = answered.wait(timeout: .now() + 60) }, .close]
      }
      try await RawServer.run(script) { server in
        let answer = try await withClient(server.base, settings, clock: clock) {
          await $0.submit(body)
        }
        answered.signal()
        #expect(Summary.of(answer.outcome) == "unknown timedOut")
        #expect(server.requests.count == 1)
      }
    }
  }
}
