import FoundationEssentials
import Testing

@testable import GatewaySimulator

@Suite("Accepted submits")
struct AcceptanceTests {
  private func reply(_ behaviour: Behaviour, now: Double = 1_757_499_942) async throws -> JSON {
    let clock: @Sendable () -> Double = { now }
    return try await withGateway(Rule(on: .submit, behaviour), now: clock) { gateway in
      let reply = try await RawClient(gateway).submit()
      #expect(reply.status == 200)
      return try JSON(parsing: reply.body)
    }
  }

  @Test("each spelling of the id", arguments: IDSpelling.allCases)
  func ids(_ spelling: IDSpelling) async throws {
    try await withGateway(
      Rule(on: .submit, Behaviour(accept: Acceptance(style: .job, id: spelling)))
    ) { gateway in
      let client = RawClient(gateway)
      let json = try await JSON(parsing: client.submit().body)
      #expect(json["data"] == nil)
      guard case .text(let id)? = json[spelling.rawValue] else {
        Issue.record("no id")
        return
      }
      #expect(await gateway.ledger.charges.map(\.job) == [id])
      #expect(try await client.poll(id).status == 200)
    }
  }

  @Test("each container with each element", arguments: ImageContainer.allCases)
  func containers(_ container: ImageContainer) async throws {
    for element in ImageElement.allCases {
      let json = try await reply(
        Behaviour(accept: Acceptance(container: container, element: element)))
      let image = try #require(Self.image(in: json, container), "no image in \(container)")
      if element == .string {
        guard case .text = image else {
          Issue.record("no string")
          continue
        }
      } else {
        guard case .text? = image[element.rawValue] else {
          Issue.record("no \(element)")
          continue
        }
      }
    }
  }

  /// Returns the only image of a reply.
  private static func image(in json: JSON, _ container: ImageContainer) -> JSON? {
    switch container {
    case .outputAlone: json["output"]
    case .url, .imageUrl: json[container.rawValue]
    case .outputMediaURL: only(json["output"]?["media_url"])
    case .data, .images, .results, .output: only(json[container.rawValue])
    }
  }

  private static func only(_ list: JSON?) -> JSON? {
    guard case .list(let items)? = list, items.count == 1 else { return nil }
    return items[0]
  }

  @Test("an id may be sent with the image")
  func idAndImage() async throws {
    let json = try await reply(Behaviour(accept: Acceptance(id: .taskID, image: true)))
    #expect(json["task_id"] != nil && json["data"] != nil)
    let job = try await reply(Behaviour(accept: Acceptance(style: .job, image: true)))
    #expect(job["job_set_id"] != nil && job["data"] != nil)
  }

  @Test("created can have every form, and usage and details can be left out")
  func spellings() async throws {
    func created(_ spelling: TimeSpelling) async throws -> JSON? {
      try await reply(Behaviour(accept: Acceptance(created: spelling)))["created"]
    }
    #expect(try await created(.seconds) == .integer(1_757_499_942))
    #expect(try await created(.milliseconds) == .integer(1_757_499_942_000))
    #expect(try await created(.iso8601) == .text("2025-09-10T10:25:42Z"))
    #expect(try await created(.missing) == nil)
    let dayOff = try await reply(Behaviour(clock: -86_400))
    #expect(dayOff["created"] == .integer(1_757_413_542))
    let bare = try await reply(Behaviour(accept: Acceptance(usage: false)))
    #expect(bare["usage"] == nil && bare["model"] == nil)
    let full = try await reply(Behaviour(accept: Acceptance(details: true)))
    #expect(full["model"] == .text(ModelRules.defaultModel))
    guard case .list(let items)? = full["data"] else {
      Issue.record("no data")
      return
    }
    #expect(items[0]["size"] == .text("512x512"))
  }

  @Test("a group of images, some of which failed")
  func group() async throws {
    let json = try await reply(Behaviour(accept: Acceptance(count: 3, failed: [1])))
    guard case .list(let items)? = json["data"] else {
      Issue.record("no data")
      return
    }
    #expect(items.map { $0["url"] != nil } == [true, false, true])
    #expect(items[1]["error"]?["code"] != nil)
    #expect(json["usage"]?["generated_images"] == .integer(2))
  }

  @Test("links of PNG and WebP end with .jpg, and a size can differ from the requested one")
  func altered() async throws {
    for (format, magic) in [(PictureFormat.png, "\u{89}PNG"), (.webp, "RIFF")] {
      let alteration = Alteration(format: format, size: "640x480")
      try await withGateway(Rule(on: .submit, Behaviour(picture: alteration))) { gateway in
        let client = RawClient(gateway)
        let url = try await client.offered()
        #expect(url.contains(".jpg?"))
        let file = try await client.get(url)
        #expect(file.header("Content-Type") == "image/jpeg")
        #expect(file.body.starts(with: magic.unicodeScalars.map { UInt8($0.value) }))
        if format == .png {
          #expect(file.body[16..<24].elementsEqual([0, 0, 2, 128, 0, 0, 1, 224]))
        }
      }
    }
  }

  @Test("with drift, the same request gives another file each time", arguments: Drift.allCases)
  func drift(_ drift: Drift) async throws {
    try await withGateway(
      Rule(on: .submit, Behaviour(picture: Alteration(drift: drift)))
    ) { gateway in
      let client = RawClient(gateway)
      let first = try await client.get(client.offered())
      let second = try await client.get(client.offered())
      #expect(first.complete && second.complete && first.body != second.body)
    }
  }
}
