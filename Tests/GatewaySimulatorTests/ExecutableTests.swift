import Foundation
import TestProcesses
import Testing

@testable import GatewaySimulator

@Suite("The executable")
struct ExecutableTests {
  private static let program = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appending(path: "gateway-simulator").path

  private static func start(_ arguments: String...) async throws -> ChildProcess {
    try await ChildProcess.start(program, arguments)
  }

  private static func run(_ arguments: String...) async throws -> ChildProcess.End {
    try await ChildProcess.run(program, arguments)
  }

  /// Returns a client of the address that the simulator prints.
  private static func client(of simulator: ChildProcess) async throws -> RawClient {
    let line = try await simulator.firstLine()
    let port = try #require(line.split(separator: ":").last.flatMap { Int($0) })
    #expect(line == "listening on http://127.0.0.1:\(port)")
    return RawClient(port: port)
  }

  private func temporaryPath(_ name: String) -> String {
    URL.temporaryDirectory.appending(path: "\(UUID().uuidString)-\(name)").path
  }

  @Test("it prints help, and reports errors in its arguments")
  func usage() async throws {
    let help = try await Self.run("--help")
    #expect(help.output.hasPrefix("usage: gateway-simulator"))
    #expect(help.status == 0)
    for argument in ["--prot", "--port"] {
      let end = try await Self.run(argument)
      #expect(end.errorOutput.hasPrefix("gateway-simulator: "))
      #expect(end.status == 64)
    }
    #expect(try await Self.run("--port", "70000").status == 64)
    #expect(try await Self.run("--script", "/no/such/file").status == 66)
    let path = temporaryPath("script.json")
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(#"{"rules": [{"on": "submit", "nht": 1, "do": {}}]}"#.utf8)
      .write(to: URL(filePath: path))
    let misspelt = try await Self.run("--script", path)
    #expect(misspelt.errorOutput.contains("rules[0].nht"))
    #expect(misspelt.status == 65)
  }

  @Test("it prints its address, and stops on request", arguments: [SIGTERM, SIGINT])
  func stops(signal: Int32) async throws {
    let ready = temporaryPath("ready")
    defer { try? FileManager.default.removeItem(atPath: ready) }
    let run = try await Self.start("--ready-file", ready, "--key", "k")
    var client = try await Self.client(of: run)
    client.key = "k"
    #expect(try await client.submit().status == 200)
    let address = try String(contentsOfFile: ready, encoding: .utf8)
    #expect(address == "http://127.0.0.1:\(client.port)\n")
    run.signal(signal)
    #expect(try await run.end().status == 0)
  }

  @Test("after a kill, all charges are in the ledger")
  func killed() async throws {
    let ledger = temporaryPath("ledger.jsonl")
    defer { try? FileManager.default.removeItem(atPath: ledger) }
    let first = try await Self.start("--ledger", ledger)
    let client = try await Self.client(of: first)
    for seed in 1...3 { _ = try await client.submit(seed: seed) }
    first.signal(SIGKILL)
    _ = try await first.end()
    let second = try await Self.start("--ledger", ledger)
    let told = try await Self.client(of: second).get("/__ledger").json(Ledger.self)
    #expect(told.charges.map(\.seed) == [1, 2, 3])
    second.signal(SIGTERM)
    #expect(try await second.end().status == 0)
  }
}
