import Foundation
import Testing

@testable import GatewaySimulator

@Suite("The executable")
struct ExecutableTests {
  /// A run of the simulator as a process of its own.
  private final class Run {
    let process = Process()
    private let output = Pipe()
    private let errors = Pipe()

    init(_ arguments: String...) throws {
      process.executableURL = URL(filePath: CommandLine.arguments[0])
        .deletingLastPathComponent().appending(path: "gateway-simulator")
      process.arguments = arguments
      process.standardOutput = output
      process.standardError = errors
      try process.run()
    }

    /// The next bytes of its output: whole lines, as it writes them at once.
    var said: String { String(decoding: output.fileHandleForReading.availableData, as: UTF8.self) }
    var complaint: String {
      String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }

    /// Waits for its end and gives its status.
    func end() -> Int32 {
      process.waitUntilExit()
      return process.terminationStatus
    }

    /// The address that it says it listens on.
    func client() throws -> RawClient {
      let line = said.split(separator: "\n").first ?? ""
      let port = try #require(line.split(separator: ":").last.flatMap { Int($0) })
      #expect(line == "listening on http://127.0.0.1:\(port)")
      return RawClient(port: port)
    }
  }

  private func temporaryPath(_ name: String) -> String {
    URL.temporaryDirectory.appending(path: "\(UUID().uuidString)-\(name)").path
  }

  @Test("it explains itself, and says what it cannot understand")
  func usage() throws {
    let help = try Run("--help")
    #expect(help.said.hasPrefix("usage: gateway-simulator"))
    #expect(help.end() == 0)
    for (arguments, status) in [("--prot", 64), ("--port", 64)] {
      let run = try Run(arguments)
      #expect(run.complaint.hasPrefix("gateway-simulator: "))
      #expect(run.end() == Int32(status))
    }
    #expect(try Run("--port", "70000").end() == 64)
    #expect(try Run("--script", "/no/such/file").end() == 66)
    let path = temporaryPath("script.json")
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(#"{"rules": [{"on": "submit", "nht": 1, "do": {}}]}"#.utf8)
      .write(to: URL(filePath: path))
    let misspelt = try Run("--script", path)
    #expect(misspelt.complaint.contains("rules[0].nht"))
    #expect(misspelt.end() == 65)
  }

  @Test("it says where it listens, and stops when told", arguments: [SIGTERM, SIGINT])
  func stops(signal: Int32) async throws {
    let ready = temporaryPath("ready")
    defer { try? FileManager.default.removeItem(atPath: ready) }
    let run = try Run("--ready-file", ready, "--key", "k")
    var client = try run.client()
    client.key = "k"
    #expect(try await client.submit().status == 200)
    let address = try String(contentsOfFile: ready, encoding: .utf8)
    #expect(address == "http://127.0.0.1:\(client.port)\n")
    kill(run.process.processIdentifier, signal)
    #expect(run.end() == 0)
    #expect(run.process.terminationReason == .exit)
  }

  @Test("killed, it has still written down what it charged")
  func killed() async throws {
    let ledger = temporaryPath("ledger.jsonl")
    defer { try? FileManager.default.removeItem(atPath: ledger) }
    let first = try Run("--ledger", ledger)
    let client = try first.client()
    for seed in 1...3 { _ = try await client.submit(seed: seed) }
    kill(first.process.processIdentifier, SIGKILL)
    _ = first.end()
    let second = try Run("--ledger", ledger)
    let told = try await second.client().get("/__ledger").json(Ledger.self)
    #expect(told.charges.map(\.seed) == [1, 2, 3])
    second.process.terminate()
    #expect(second.end() == 0)
  }
}
