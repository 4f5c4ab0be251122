import FoundationEssentials
import Testing

@testable import GatewaySimulator

@Suite("The ledger")
struct LedgerTests {
  @Test("it is available over HTTP, complete or one charge per line")
  func overHTTP() async throws {
    try await withGateway { gateway in
      let client = RawClient(gateway)
      _ = try await client.submit(prompt: "one", seed: 1)
      _ = try await client.submit(prompt: "two", seed: 2)
      _ = try await client.submit(prompt: "", seed: 3)
      let whole = try await client.get("/__ledger").json(Ledger.self)
      #expect(whole == (await gateway.ledger))
      #expect(whole.replies == ["submit 200": 2, "submit 400": 1])
      let lines = try await client.get("/__ledger?jsonl").text.split(separator: "\n").map {
        try JSONDecoder().decode(Charge.self, from: Data($0.utf8))
      }
      #expect(lines == whole.charges)
      #expect(lines.map(\.prompt) == ["one", "two"])
    }
  }

  @Test("a seed that the gateway chooses is only in the ledger")
  func drawnSeed() async throws {
    try await withGateway { gateway in
      let client = RawClient(gateway)
      _ = try await client.submit(#"{"prompt": "a"}"#)
      _ = try await client.submit(#"{"prompt": "a", "seed": -1}"#)
      let seeds = await gateway.ledger.charges.map(\.seed)
      #expect(Set(seeds).count == 2 && seeds.allSatisfy { (0...2_147_483_647).contains($0) })
    }
  }

  @Test("it survives a restart with its jobs and addresses, and an incomplete line is removed")
  func durable() async throws {
    let path = URL.temporaryDirectory.appending(path: "ledger-\(UUID().uuidString).jsonl").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let (uri, job, file) = try await withGateway(ledgerPath: path) { gateway in
      let client = RawClient(gateway)
      let url = try await client.offered()
      let uri = String(url.dropFirst(gateway.baseURL.count))
      return (uri, await gateway.ledger.charges[0].job, try await client.get(uri).body)
    }
    let handle = try Data(contentsOf: URL(filePath: path))
    try (handle + Data(#"{"number": 2, "ti"#.utf8)).write(to: URL(filePath: path))
    try await withGateway(ledgerPath: path) { gateway in
      let client = RawClient(gateway)
      #expect(await gateway.ledger.charges.count == 1)
      #expect(try await client.get(uri).body == file)
      #expect(try await client.poll(job).status == 200)
      _ = try await client.submit(seed: 8)
    }
    try await withGateway(ledgerPath: path) { gateway in
      #expect(await gateway.ledger.charges.map(\.number) == [1, 2])
    }
  }

  @Test("a file that is not a ledger is refused and not changed")
  func noLedger() async throws {
    let path = URL.temporaryDirectory.appending(path: "ledger-\(UUID().uuidString).jsonl").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data("a shopping list\n".utf8).write(to: URL(filePath: path))
    await #expect(throws: SimulatorError.self) {
      try await SimulatedGateway.start(ledgerPath: path)
    }
    #expect(try Data(contentsOf: URL(filePath: path)) == Data("a shopping list\n".utf8))
  }

  @Test("a port that is in use is an error")
  func takenPort() async throws {
    try await withGateway { gateway in
      await #expect(throws: SimulatorError.self) {
        try await SimulatedGateway.start(port: gateway.port)
      }
    }
  }
}
