import SeedbankProviders
import Testing

@testable import SeedbankRemote

@Suite("A server that sends a byte now and then") struct SlowServerTests {
  @Test("does not hold a transfer: it ends when too few bytes arrived", arguments: [false, true])
  func tooSlow(_ isDownload: Bool) async throws {
    let server = try await SlowServer()
    let client = WebClient(
      network: NetworkSettings(), connectionsPerHost: 1,
      rate: MinimumRate(bytes: 400, in: .milliseconds(500)))
    let request = WebClient.Request(url: server.url, headers: [])
    await #expect(throws: WebFailure.timedOut) {
      if isDownload {
        _ = try await client.download(request) { _ in }
      } else {
        _ = try await client.reply(to: request, limit: 1_000)
      }
    }
    await client.shutdown()
  }

  @Test("does not end a request with a limit of the total time before that time")
  func totalTime() async throws {
    let server = try await SlowServer()
    let client = WebClient(
      network: NetworkSettings(), connectionsPerHost: 1,
      rate: MinimumRate(bytes: 400, in: .milliseconds(500)))
    let patient = WebClient.Request(url: server.url, headers: [], totalTime: .seconds(120))
    let reply = try await client.reply(to: patient, limit: 1_000)
    #expect(reply.body.count == 500)
    let hasty = WebClient.Request(url: server.url, headers: [], totalTime: .milliseconds(500))
    await #expect(throws: WebFailure.timedOut) {
      _ = try await client.reply(to: hasty, limit: 1_000)
    }
    await client.shutdown()
  }
}
