import GatewaySimulator
import SeedbankModel
import SeedbankProviders
import Testing

@testable import SeedbankSync

@Suite("A download", .serialized)
struct DownloadTests {
  /// Returns the settings of the client; the time limit for silence is short only for the fault
  /// that stalls.
  private static func client(_ fault: Transfer.Fault) -> GatewaySettings {
    var client = GatewaySettings()
    if fault == .stall { client.stallTimeout = .milliseconds(300) }
    client.imageLimit = 4 << 20
    return client
  }

  @Test("that is interrupted resumes or starts again", arguments: Transfer.Fault.allCases)
  func breaksOnce(_ fault: Transfer.Fault) async throws {
    let transfer = Transfer(fault: fault, bytesPerSecond: 1 << 20)
    let script = Script([Rule(on: .download, attempt: 1, Behaviour(transfer: transfer))])
    try await Workbench.with(script) { bench in
      try bench.record()
      var report = try await bench.sync(client: Self.client(fault))
      // A fault that would only occur again waits for another run.
      if report.counts == [.ready: 1] {
        #expect([.endless, .redirectLoop, .redirectToFile].contains(fault))
        #expect(report.grade == .unfinished)
        report = try await bench.sync(client: Self.client(fault))
      }
      #expect(report.counts == [.complete: 1])
      #expect(await bench.gateway.ledger.charges.count == 1)
      try await bench.expectSound()
    }
  }

  @Test(
    "that always fails leaves the image offered",
    arguments: [
      .shortBody, .cutChunk, .unframedCut, .reset, .page, .withoutEnd, .empty, .endless,
      .redirectLoop, .redirectToFile,
    ] as [Transfer.Fault])
  func breaksAlways(_ fault: Transfer.Fault) async throws {
    let script = Script([
      Rule(on: .download, Behaviour(transfer: Transfer(fault: fault, ranges: false)))
    ])
    try await Workbench.with(script) { bench in
      try bench.record()
      let report = try await bench.sync(client: Self.client(fault))
      #expect(report.counts == [.ready: 1])
      #expect(report.grade == .unfinished)
      #expect(report.reasons.map(\.code) == ["not-fetched"])
      await bench.gateway.follow(Script())
      #expect(try await bench.sync().counts == [.complete: 1])
      try await bench.expectSound()
    }
  }

  @Test(
    "whose link is refused for a moment is tried again", arguments: [400, 401, 403, 404, 410])
  func refusedOnce(_ status: Int) async throws {
    let refused = Rule(on: .download, until: 2, Behaviour(answer: Answer(status, .html)))
    try await Workbench.with(Script([refused])) { bench in
      try bench.record()
      #expect(try await bench.sync().counts == [.complete: 1])
      #expect(await bench.gateway.ledger.downloads == 3)
      #expect(await bench.gateway.ledger.submits == 1)
      try await bench.expectSound()
    }
  }

  @Test("whose link is refused permanently is lost, and downloaded again on request")
  func refusedForGood() async throws {
    for status in [400, 403, 404, 410] {
      let refused = Rule(on: .download, Behaviour(answer: Answer(status, .html)))
      try await Workbench.with(Script([refused])) { bench in
        let id = try bench.record()[0]
        #expect(try await bench.sync().counts == [.lost: 1])
        #expect(try bench.failure(id) == "expired")
        #expect(await bench.gateway.ledger.downloads >= 4)
        #expect(try await bench.sync().isEmpty)
        // The file is requested again and still does not exist, so it is lost again.
        #expect(try await bench.sync(retryLost: true).counts == [.lost: 1])
        await bench.gateway.follow(Script())
        #expect(try await bench.sync(retryLost: true).counts == [.complete: 1])
        #expect(try bench.library.generation(id)?.failure == nil)
        #expect(try bench.library.timeline(of: id).contains { $0.kind == "fetching again" })
        #expect(await bench.gateway.ledger.submits == 1)
        try await bench.expectSound()
      }
    }
  }

  @Test("whose storage says that the link expired is lost at once, or its job is polled again")
  func expired() async throws {
    for (status, code, words) in [
      (400, "ExpiredToken", "The provided token has expired."),
      (403, "AccessDenied", "Request has expired"), (404, "NoSuchKey", "Not there."),
    ] {
      let body =
        "<?xml version=\"1.0\"?><Error><Code>\(code)</Code><Message>\(words)</Message></Error>"
      let dead = Rule(
        on: .download, nth: 1,
        Behaviour(
          answer: Answer(status, headers: ["Content-Type": "application/xml"], body: body)))
      try await Workbench.with(Script([dead])) { bench in
        let id = try bench.record()[0]
        #expect(try await bench.sync().counts == [.lost: 1])
        #expect(try bench.failure(id) == "expired")
        #expect(await bench.gateway.ledger.downloads == 1)
      }
      let job = Rule(on: .submit, Behaviour(accept: Acceptance(style: .job)))
      try await Workbench.with(Script([dead, job])) { bench in
        try bench.record()
        #expect(try await bench.sync().counts == [.complete: 1])
        #expect(await bench.gateway.ledger.submits == 1)
        #expect(await bench.gateway.ledger.polls == 2)
        try await bench.expectSound()
      }
    }
  }

  @Test("whose job repeatedly returns expired links ends after a few new links")
  func deadLinkOfAJob() async throws {
    let script = Script([
      Rule(on: .download, Behaviour(answer: Answer(404, .html))),
      Rule(on: .submit, Behaviour(accept: Acceptance(style: .job))),
    ])
    try await Workbench.with(script) { bench in
      try bench.record()
      #expect(try await bench.sync().counts == [.lost: 1])
      #expect(await bench.gateway.ledger.polls == 1 + 3)
    }
  }

  @Test("whose link is refused in several short runs is lost after some of them")
  func impatientRuns() async throws {
    let refused = Rule(on: .download, Behaviour(answer: Answer(404, .html)))
    try await Workbench.with(Script([refused])) { bench in
      let id = try bench.record()[0]
      var settings = Workbench.quick
      (settings.imageGrace, settings.patience) = (.seconds(30), .zero)
      for _ in 0..<settings.refusedRuns {
        let report = try await bench.sync(settings)
        #expect(report.counts == [.ready: 1])
        #expect(report.grade == .unfinished)
      }
      #expect(try await bench.sync(settings).counts == [.lost: 1])
      #expect(try bench.failure(id) == "expired")
    }
  }

  @Test("waits for a server that is busy or failing")
  func busyServer() async throws {
    let script = Script([
      Rule(on: .download, nth: 1, Behaviour(answer: Answer(429, .html))),
      Rule(on: .download, nth: 2, Behaviour(answer: Answer(503, .html))),
    ])
    try await Workbench.with(script) { bench in
      try bench.record()
      #expect(try await bench.sync().counts == [.complete: 1])
    }
  }

  @Test("stores the format of the bytes, with any name", arguments: PictureFormat.allCases)
  func format(_ format: PictureFormat) async throws {
    let script = Script([
      Rule(on: .submit, Behaviour(picture: Alteration(format: format, size: "640x480")))
    ])
    try await Workbench.with(script) { bench in
      let id = try bench.record()[0]
      #expect(try await bench.sync().counts == [.complete: 1])
      let image = try bench.library.generation(id)?.images.first
      #expect(image?.format == format.rawValue)
      #expect(image?.width == 640)
      try await bench.expectSound()
    }
  }

  @Test("of a group with one failed image is complete but partial, with a notice")
  func group() async throws {
    let script = Script([
      Rule(on: .submit, Behaviour(accept: Acceptance(count: 3, failed: [1])))
    ])
    try await Workbench.with(script) { bench in
      let id = try bench.record()[0]
      let report = try await bench.sync()
      #expect(report.counts == [.complete: 1])
      #expect(report.partial == 1)
      #expect(report.grade == .unavailable)
      let generation = try bench.library.generation(id)
      #expect(generation?.images.map(\.position) == [1, 3])
      #expect(generation?.failure?.code == "partial")
      #expect(generation?.failure?.message.contains("image 2 of 3 is missing") == true)
      #expect(try bench.library.partial(limit: 9) == [id])
      let last = try bench.library.timeline(of: id).last
      #expect(last?.detail?.contains("image 2 of 3 is missing") == true)
    }
  }

  @Test("of a group waits for a missing image without delaying the others")
  func oneOfThree() async throws {
    // The second file is refused four times; the other files are downloaded in the meantime.
    let script = Script([
      Rule(on: .submit, Behaviour(accept: Acceptance(count: 3))),
      Rule(on: .download, nth: 2, Behaviour(answer: Answer(404, .html))),
      Rule(on: .download, from: 4, until: 6, Behaviour(answer: Answer(404, .html))),
    ])
    try await Workbench.with(script) { bench in
      let id = try bench.record()[0]
      var settings = Workbench.quick
      settings.imageGrace = .seconds(60)
      let report = try await bench.sync(settings)
      #expect(report.counts == [.complete: 1])
      #expect(report.partial == 0)
      #expect(try bench.library.generation(id)?.images.map(\.position) == [1, 2, 3])
      let stored = bench.seen.compactMap { event -> Int? in
        if case .stored(_, let image) = event { image.position } else { nil }
      }
      #expect(stored == [1, 3, 2])
    }
  }

  @Test("of a group with one lost image keeps the others, and downloads it on request")
  func partialIsFetchedAgain() async throws {
    for style in [Acceptance.Style.url, .job] {
      let script = Script([
        Rule(on: .submit, Behaviour(accept: Acceptance(style: style, count: 3))),
        Rule(on: .download, from: 3, Behaviour(answer: Answer(404, .html))),
      ])
      try await Workbench.with(script) { bench in
        let id = try bench.record()[0]
        #expect(try await bench.sync().partial == 1)
        #expect(try bench.library.generation(id)?.images.map(\.position) == [1, 2])
        // The generation is settled, so nothing is tried unless it is requested.
        #expect(try await bench.sync().isEmpty)
        await bench.gateway.follow(Script())
        #expect(try await bench.sync(retryLost: true).partial == 0)
        #expect(try bench.library.generation(id)?.images.map(\.position) == [1, 2, 3])
        #expect(try bench.library.generation(id)?.failure == nil)
        #expect(await bench.gateway.ledger.submits == 1)
        try await bench.expectSound()
      }
    }
  }

  @Test("of a group with one impossible image still stores the others")
  func oneUnfetchable() async throws {
    let script = Script([
      Rule(on: .submit, Behaviour(accept: Acceptance(count: 3))),
      Rule(on: .download, nth: 1, Behaviour(transfer: Transfer(fault: .redirectToFile))),
    ])
    try await Workbench.with(script) { bench in
      let id = try bench.record()[0]
      let report = try await bench.sync()
      #expect(report.counts == [.ready: 1])
      #expect(try bench.library.generation(id)?.images.map(\.position) == [2, 3])
      #expect(try await bench.sync().counts == [.complete: 1])
      #expect(try bench.library.generation(id)?.images.map(\.position) == [1, 2, 3])
    }
  }

  @Test("of the same bytes twice stores one file")
  func sameBytes() async throws {
    try await Workbench.with { bench in
      let first = try bench.record()[0]
      let second = try bench.record()[0]
      #expect(try await bench.sync().counts == [.complete: 2])
      let digests = try [first, second].map { try bench.library.generation($0)?.images[0].digest }
      #expect(digests[0] == digests[1])
    }
  }

  @Test("is limited to a number of parallel downloads from one host")
  func perHost() async throws {
    let script = Script([Rule(on: .download, Behaviour(wait: 0.5))])
    try await Workbench.with(script) { bench in
      try bench.record(count: 16)
      var settings = Workbench.quick
      settings.jobs = 16
      settings.downloadsPerHost = 2
      #expect(try await bench.sync(settings).counts == [.complete: 16])
      #expect(await bench.gateway.ledger.peakDownloads == 2)
    }
  }

  @Test("lets a limited number of other requests be sent")
  func downloading() async throws {
    try await Workbench.with(Self.slowDownload) { bench in
      let ids = try bench.record(count: 3)
      var settings = Workbench.quick
      settings.jobs = 1
      settings.downloadingJobs = 1
      #expect(try await bench.sync(settings).counts == [.complete: 3])
      let seen = bench.seen
      let stored = try #require(seen.firstIndex { $0.isStored(ids[0]) || $0.isStored(ids[1]) })
      let second = try #require(seen.firstIndex { $0.isSubmitting(ids[1]) })
      let third = try #require(seen.firstIndex { $0.isSubmitting(ids[2]) })
      #expect(second < stored)
      #expect(stored < third)
    }
  }

  @Test("after a long reply keeps its slot, to limit memory")
  func heavyReply() async throws {
    try await Workbench.with(Self.slowDownload) { bench in
      let ids = try bench.record(count: 2)
      var settings = Workbench.quick
      settings.jobs = 1
      settings.largestDownloadingReply = 10
      #expect(try await bench.sync(settings).counts == [.complete: 2])
      let seen = bench.seen
      let stored = try #require(seen.firstIndex { $0.isStored(ids[0]) })
      let second = try #require(seen.firstIndex { $0.isSubmitting(ids[1]) })
      #expect(stored < second)
    }
  }

  private static let slowDownload = Script([Rule(on: .download, Behaviour(wait: 1))])

  @Test("in base64 is replaced by its digest in the recorded reply")
  func base64() async throws {
    try await Workbench.with { bench in
      let id = try bench.record(format: .base64)[0]
      #expect(try await bench.sync().counts == [.complete: 1])
      let image = try #require(try bench.library.generation(id)?.images.first)
      let reply = try #require(try bench.library.recordedReplies(of: id).submit)
      #expect(reply.count < 2000)
      #expect(String(decoding: reply, as: UTF8.self).contains(image.digest.description))
      #expect(await bench.gateway.ledger.downloads == 0)
    }
  }
}

extension SyncEvent {
  fileprivate func isSubmitting(_ id: GenerationID) -> Bool {
    if case .submitting(id) = self { true } else { false }
  }

  fileprivate func isStored(_ id: GenerationID) -> Bool {
    if case .stored(id, _) = self { true } else { false }
  }
}
