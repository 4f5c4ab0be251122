import GatewaySimulator
import SeedbankModel
import SeedbankProviders
import SeedbankStorage
import Testing

@testable import SeedbankSync

@Suite("Keys and jobs of several providers")
struct ProviderKeyTests {
  @Test("a job stays with its provider when another one becomes the default")
  func changedProvider() async throws {
    let slow = Rule(
      on: .submit, promptContains: "first",
      Behaviour(job: JobPlan(statuses: ["pending"]), picture: Alteration(size: "64x64")))
    try await Workbench.with(Script([slow] + ServiceCase.quick)) { bench in
      func service(_ name: String) throws -> ServiceCase {
        try #require(ServiceCase.all.first { $0.name == name })
      }
      let first = try bench.record(service("fal"), "first")
      var settings = Workbench.quick
      settings.patience = .milliseconds(50)
      try await bench.sync(settings)
      #expect(try bench.status(first) == .pending)
      // The next request is sent to another service, and the running job is polled at its own
      // service.
      let second = try bench.record(service("ark"), "second")
      await bench.gateway.follow(Script([Rule(on: .poll, Behaviour(job: JobPlan()))]))
      try await bench.sync()
      #expect(try bench.status(first) == .complete && bench.status(second) == .complete)
      let charges = await bench.gateway.ledger.charges
      #expect(charges.map(\.service) == ["fal", "ark"])
      try await bench.expectSound()
    }
  }

  /// Returns replies that name another host in every place where a reply can name one.
  private static func foreignReplies(_ host: String) -> [String: (submit: String, poll: String)] {
    let links =
      #""status_url":"\#(host)/status","response_url":"\#(host)/response","cancel_url":"\#(host)/c""#
    return [
      "fal": (
        #"{"request_id":"r-1","status":"IN_QUEUE",\#(links)}"#,
        #"{"request_id":"r-1","status":"COMPLETED","images":[{"url":"\#(host)/images/x.jpg"}],\#(links)}"#
      ),
      "replicate": (
        #"{"id":"r-1","status":"starting","urls":{"get":"\#(host)/get","cancel":"\#(host)/c"}}"#,
        #"{"id":"r-1","status":"succeeded","output":["\#(host)/images/x.jpg"],"urls":{"get":"\#(host)/get"}}"#
      ),
      "pixazo queue": (
        #"{"request_id":"r-1","status":"QUEUED","polling_url":"\#(host)/poll"}"#,
        #"{"request_id":"r-1","status":"COMPLETED","output":{"media_url":["\#(host)/images/x.jpg"]}}"#
      ),
    ]
  }

  @Test(
    "the key is never sent to another host that a reply names",
    arguments: ["fal", "replicate", "pixazo queue"])
  func foreignHost(_ name: String) async throws {
    let service = try #require(ServiceCase.all.first { $0.name == name })
    let other = try await SimulatedGateway.start()
    let replies = try #require(Self.foreignReplies(other.baseURL)[name])
    let script = Script([
      Rule(on: .submit, Behaviour(answer: Answer(200, body: replies.submit, charged: true))),
      Rule(on: .poll, Behaviour(answer: Answer(200, body: replies.poll))),
    ])
    try await Workbench.with(script) { bench in
      let id = try bench.record(service)
      var settings = Workbench.quick
      settings.patience = .seconds(2)
      try await bench.sync(settings)
      let ledger = await other.ledger
      // Only the image is requested from the other host, without a key. The address of the job is
      // built by this program.
      #expect(ledger.keyLeaks.isEmpty && ledger.submits == 0 && ledger.polls == 0)
      #expect(ledger.downloads > 0)
      #expect(await bench.gateway.ledger.polls > 0)
      #expect(try bench.library.generation(id)?.jobID == "r-1")
      #expect(await bench.gateway.ledger.keyLeaks.isEmpty)
    }
    await other.stop()
  }

  @Test("a redirect of a submit or a poll to another host is not followed", arguments: [302, 307])
  func redirect(_ status: Int) async throws {
    for service in ServiceCase.all {
      let other = try await SimulatedGateway.start()
      let answer = Answer(status, .empty, headers: ["Location": other.baseURL + "/v1/x"])
      let rules = [Rule(on: service.isQueue ? .poll : .submit, Behaviour(answer: answer))]
      try await Workbench.with(Script(rules + ServiceCase.quick)) { bench in
        _ = try bench.record(service)
        var settings = Workbench.quick
        settings.patience = .milliseconds(100)
        try await bench.sync(settings)
        #expect(await other.ledger.connections == 0, "\(service.name)")
      }
      await other.stop()
    }
  }
}
