import Foundation
import GatewaySimulator
import SeedbankModel
import SeedbankProviders
import SeedbankStorage
import Testing

@testable import SeedbankSync

/// Tests of every service with every kind of fault.
///
/// According to the gateway's ledger, nothing may be lost or paid twice.
@Suite("A request of any service, with a fault")
struct ProviderFaultTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let service: ServiceCase
    let name: String
    let rule: Rule

    var testDescription: String { "\(service.name), \(name)" }

    /// The cases to run: some of each service, or all of them if `SEEDBANK_CONFORMANCE` is `all`.
    static let chosen: [Case] = {
      let all = ServiceCase.all.enumerated().flatMap { place, service in
        faults(of: service).enumerated().map { index, fault in
          (place + index, Case(service: service, name: fault.name, rule: fault.rule))
        }
      }
      let isComplete = ProcessInfo.processInfo.environment["SEEDBANK_CONFORMANCE"] == "all"
      return all.filter { isComplete || $0.0.isMultiple(of: 8) }.map(\.1)
    }()

    private static func faults(of service: ServiceCase) -> [(name: String, rule: Rule)] {
      var faults: [(name: String, rule: Rule)] = []
      func add(_ name: String, _ on: Endpoint, _ behaviour: Behaviour) {
        faults.append((name, Rule(on: on, limit: 1, behaviour)))
      }
      for refusal in Refusal.allCases {
        add("submit \(refusal.rawValue)", .submit, Behaviour(refusal: refusal))
        if service.isQueue {
          add("poll \(refusal.rawValue)", .poll, Behaviour(refusal: refusal))
        }
        if !service.isInline {
          add("download \(refusal.rawValue)", .download, Behaviour(refusal: refusal))
        }
      }
      for fault in ConnectionFault.allCases {
        let isEarly = fault == .closeAtOnce || fault == .resetAtOnce
        add(
          "submit \(fault.rawValue)", isEarly ? .connection : .submit, Behaviour(connection: fault))
        if service.isQueue, !isEarly {
          add("poll \(fault.rawValue)", .poll, Behaviour(connection: fault))
        }
      }
      if !service.isInline {
        for fault in Transfer.Fault.allCases {
          add(
            "download \(fault.rawValue)", .download,
            Behaviour(transfer: Transfer(fault: fault, after: 200)))
        }
      }
      if service.name == "ark stream" {
        for end in EventStream.End.allCases {
          for events in 0...3 {
            add(
              "stream \(end.rawValue) after \(events)", .submit,
              Behaviour(stream: EventStream(events: events, end: end)))
          }
        }
        add("one image failed", .submit, Behaviour(accept: Acceptance(count: 3, failed: [1])))
      }
      if service.isQueue {
        for (name, plan) in [
          ("job fails", JobPlan(statuses: ["pending", "failed"])),
          ("job is unknown at first", JobPlan(missing: 1)),
          ("job has no image at first", JobPlan(empty: 1)),
          ("job shows a preview", JobPlan(statuses: ["pending", "succeeded"], preview: true)),
        ] {
          add(name, .submit, Behaviour(job: plan))
        }
      }
      return faults
    }
  }

  @Test("loses nothing and pays nothing twice", arguments: Case.chosen)
  func fault(_ point: Case) async throws {
    try await Workbench.with(Script([point.rule] + ServiceCase.quick)) { bench in
      let id = try bench.record(point.service)
      var client = GatewaySettings()
      // The limit is long enough for a busy machine, and short enough for a gateway that never
      // answers.
      client.submitTimeout = .seconds(3)
      client.pollTimeout = .seconds(3)
      client.stallTimeout = .seconds(3)
      client.imageLimit = 1 << 20
      var runs = 0
      // A run ends at its deadline, which is early here. A job or links then need another run.
      while try runs < 3 || ([.pending, .ready].contains(bench.status(id)) && runs < 40) {
        try await bench.sync(client: client, world: Workbench.hurried)
        runs += 1
      }
      if try bench.status(id) == .lost {
        try await bench.sync(client: client, retryLost: true, world: Workbench.hurried)
      }
      let generation = try #require(try bench.library.generation(id))
      let charges = await bench.gateway.ledger.charges.count
      let what = "\(generation.status), \(generation.failure?.message ?? "no failure"), \(charges)"
      #expect(charges <= 1, "\(what)")
      switch generation.status {
      case .complete:
        #expect(charges == 1 && !generation.images.isEmpty, "\(what)")
        let isWhole = generation.images.count == point.service.images
        #expect(isWhole || generation.failure != nil, "\(what)")
      case .unknown: break
      case .failed:
        // A job can fail after it was charged, and a reply to a poll can say that it failed.
        let isTold = point.name == "job fails" || point.name.hasPrefix("poll")
        #expect(charges == 0 || isTold, "\(what)")
      case .lost: #expect(charges == 1 && point.name.hasPrefix("download"), "\(what)")
      // A request that was refused before it was charged waits to be sent.
      case .queued: #expect(charges == 0, "\(what)")
      default: Issue.record("\(what)")
      }
      try await bench.expectSound()
    }
  }

  @Test("a group with one failed image keeps the others, reports it, and is found as partial")
  func partial() async throws {
    let service = try #require(ServiceCase.all.first { $0.name == "ark stream" })
    let rule = Rule(on: .submit, Behaviour(accept: Acceptance(count: 3, failed: [1])))
    try await Workbench.with(Script([rule] + ServiceCase.quick)) { bench in
      let id = try bench.record(service)
      let report = try await bench.sync()
      let generation = try #require(try bench.library.generation(id))
      #expect(generation.status == .complete && generation.isPartial)
      #expect(generation.images.map(\.position) == [1, 3])
      #expect(report.partial == 1)
      #expect(try bench.library.partial(limit: 9) == [id])
      try await bench.expectSound()
    }
  }
}
