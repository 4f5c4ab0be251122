import Foundation
import GatewaySimulator
import SeedbankModel
import SeedbankProviders
import SeedbankStorage
import Testing

@testable import SeedbankSync

/// Tests of every service, with the engine stopped permanently at every durable step.
@Suite("A request of any service, killed", .serialized, .timeLimit(.minutes(5)))
struct ProviderKillTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let service: ServiceCase
    let step: DurableStep

    var testDescription: String { "\(service.name), \(step.rawValue)" }

    /// Whether a request of the service takes the step.
    var isMet: Bool {
      switch step {
      case .jobRecorded: service.isQueue
      case .replyReplaced: service.isInline
      case .requestRecorded, .verdictRecorded, .failureRecorded, .trashRowsRemoved: false
      default: true
      }
    }

    static let all = ServiceCase.all.flatMap { service in
      DurableStep.allCases.map { Case(service: service, step: $0) }.filter(\.isMet)
    }
  }

  @Test("at any durable step loses nothing and pays nothing twice", arguments: Case.all)
  func everyStep(_ point: Case) async throws {
    let trap = StepTrap(at: point.step)
    try await Workbench.with(Script(ServiceCase.quick), onStep: trap.pass) { bench in
      let id = try bench.record(point.service)
      let stop = StopSwitch()
      let killed = Task {
        _ = try? await bench.sync(stop: stop)
        trap.missed()
      }
      #expect(await trap.isHeld(), "the step was not met")
      try bench.forgetClaims()
      let other = try Library.open(bench.library.folder, for: .writing)
      try await bench.sync(in: other)
      let generation = try #require(try bench.library.generation(id))
      let charges = await bench.gateway.ledger.charges
      if point.step == .submitMarked, !point.service.isRepeatable {
        // It is unknown whether it was sent. It was not, and it is not sent again.
        #expect(generation.status == .unknown && charges.isEmpty)
      } else {
        #expect(generation.status == .complete, "\(generation.failure?.message ?? "")")
        #expect(generation.images.count == point.service.images)
        #expect(charges.count == 1)
      }
      try await bench.expectSound()
      // The stopped engine may continue now, because nothing answers it.
      await bench.gateway.stop()
      stop.turnOn()
      trap.open()
      await killed.value
    }
  }

  @Test("after a request that can be repeated was sent repeats it, and pays nothing again")
  func repeated() async throws {
    let service = try #require(ServiceCase.all.first { $0.isRepeatable })
    let stall = Rule(on: .submit, nth: 1, Behaviour(connection: .stall))
    try await Workbench.with(Script([stall] + ServiceCase.quick)) { bench in
      let id = try bench.record(service)
      let stop = StopSwitch()
      let killed = Task { _ = try? await bench.sync(stop: stop) }
      while await bench.gateway.ledger.charges.isEmpty {
        try await Task.sleep(for: .milliseconds(5))
      }
      #expect(try bench.status(id) == .submitting)
      try bench.forgetClaims()
      let other = try Library.open(bench.library.folder, for: .writing)
      try await bench.sync(in: other)
      let generation = try #require(try bench.library.generation(id))
      #expect(generation.status == .complete, "\(generation.failure?.message ?? "")")
      let ledger = await bench.gateway.ledger
      #expect(ledger.charges.count == 1 && ledger.submits == 2)
      try await bench.expectSound()
      await bench.gateway.stop()
      stop.turnOn()
      await killed.value
    }
  }

  @Test("after a request was sent does not repeat it at another address")
  func movedServer() async throws {
    let service = try #require(ServiceCase.all.first { $0.isRepeatable })
    let trap = StepTrap(at: .submitMarked)
    try await Workbench.with(Script(ServiceCase.quick), onStep: trap.pass) { bench in
      let id = try bench.record(service)
      let stop = StopSwitch()
      let killed = Task {
        _ = try? await bench.sync(stop: stop)
        trap.missed()
      }
      #expect(await trap.isHeld(), "the step was not met")
      try bench.forgetClaims()
      let moved = try await SimulatedGateway.start()
      let other = try Library.open(bench.library.folder, for: .writing)
      try await bench.sync(base: moved.baseURL, in: other)
      #expect(try bench.status(id) == .unknown)
      #expect(await moved.ledger.submits == 0)
      await moved.stop()
      await bench.gateway.stop()
      stop.turnOn()
      trap.open()
      await killed.value
    }
  }

  @Test("between two events of a stream keeps what was seen and pays nothing again")
  func betweenEvents() async throws {
    let service = try #require(ServiceCase.all.first { $0.name == "ark stream" })
    let stall = Rule(on: .submit, nth: 1, Behaviour(stream: EventStream(events: 1, end: .stall)))
    try await Workbench.with(Script([stall] + ServiceCase.quick)) { bench in
      let id = try bench.record(service)
      let stop = StopSwitch()
      let killed = Task { _ = try? await bench.sync(stop: stop) }
      while try bench.library.workItem(id)?.keptReply == nil {
        try await Task.sleep(for: .milliseconds(5))
      }
      try bench.forgetClaims()
      let other = try Library.open(bench.library.folder, for: .writing)
      for _ in 0..<2 {
        try await bench.sync(in: other)
        let generation = try #require(try bench.library.generation(id))
        #expect(generation.status == .unknown)
        #expect(generation.images.map(\.position) == [1])
        #expect(await bench.gateway.ledger.charges.count == 1)
      }
      // The request is sent again only if a person asks for that, and the existing image is kept.
      let seen = try bench.library.generation(id)?.images.first?.digest
      try await bench.sync(retryUnknown: true, in: other)
      let generation = try #require(try bench.library.generation(id))
      #expect(generation.images.count == 4 && generation.images.first?.digest == seen)
      #expect(await bench.gateway.ledger.charges.count == 2)
      try await bench.expectSound(paidTwice: true)
      await bench.gateway.stop()
      stop.turnOn()
      await killed.value
    }
  }
}
