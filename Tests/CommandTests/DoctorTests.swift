import Foundation
import GatewaySimulator
import SeedbankModel
import Testing

@testable import seedbank

@Suite("The doctor")
struct DoctorTests {
  @Test("finds no problem in a working setup, and charges nothing")
  func healthy() async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("generate", "a cat")
      let outcome = try await bench.succeed("doctor")
      let format = try bench.openLibrary().formatVersion()
      for words in [
        Version.current, "image formats    all", "accepts the key", "1 generation,",
        "format           \(format)\n", "not a terminal", "No problems found.",
      ] {
        #expect(outcome.output.contains(words), "\(words)\n\(outcome)")
      }
      #expect(await bench.gateway.ledger.charges.count == 1)
    }
  }

  @Test("reports neither the key, a password, a prompt, the computer's name nor the home folder")
  func secrets() async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("generate", "an unusual wombat")
      bench.harness.environment["ALL_PROXY"] = "http://someone:proxy-password@proxy.example:3128"
      bench.harness.environment["NO_PROXY"] = "127.0.0.1"
      _ = try bench.harness.write(
        "aliases:\n  secretive: search wombat\n", to: ".config/seedbank/config.yaml")
      for format in ["text", "json"] {
        let outcome = try await bench.run("doctor", "--format", format)
        let host = ProcessInfo.processInfo.hostName
        for secret in [
          SyncHarness.key, "proxy-password", "someone", "wombat", "secretive", host,
          bench.harness.folder.path,
        ] {
          #expect(!outcome.output.contains(secret), "\(secret)\n\(outcome)")
          #expect(!outcome.talk.contains(secret), "\(secret)\n\(outcome)")
        }
        #expect(outcome.output.contains("~/library"), "\(outcome)")
      }
    }
  }

  /// A fault in the set-up, and the answer that `doctor` must give.
  enum Fault: CaseIterable {
    case noKey, refusedKey, readableKeyFile, noGateway, wrongAddress, unknownSetting, noCatalog

    var status: Int32 {
      switch self {
      case .noKey, .readableKeyFile, .wrongAddress, .unknownSetting: 78
      case .refusedKey: 77
      case .noGateway: 69
      case .noCatalog: 65
      }
    }

    var words: String {
      switch self {
      case .noKey: "seedbank key set"
      case .refusedKey: "key"
      case .readableKeyFile: "chmod 600"
      case .noGateway: "cannot connect to the gateway"
      case .wrongAddress: "plain http"
      case .unknownSetting: "did you mean 'concurrency'?"
      case .noCatalog: "not a Seedbank library"
      }
    }

    func cause(in bench: SyncHarness) throws {
      let harness = bench.harness
      switch self {
      case .noKey: harness.environment["SEEDBANK_API_KEY"] = nil
      case .refusedKey: harness.environment["SEEDBANK_API_KEY"] = "another-key"
      case .readableKeyFile:
        harness.environment["SEEDBANK_API_KEY"] = nil
        harness.environment["SEEDBANK_API_KEY_FILE"] = try harness.write(
          SyncHarness.key, to: "key", permissions: 0o644)
      case .noGateway: harness.environment["SEEDBANK_GATEWAY"] = "http://127.0.0.1:1"
      case .wrongAddress: harness.environment["SEEDBANK_GATEWAY"] = "http://gateway.example"
      case .unknownSetting:
        _ = try harness.write("concurency: 7\n", to: ".config/seedbank/config.yaml")
      case .noCatalog:
        _ = try harness.write("not a database", to: "library/catalog.sqlite")
      }
    }
  }

  @Test(
    "names each problem and its remedy, and still does the other checks", arguments: Fault.allCases)
  func problem(_ fault: Fault) async throws {
    try await SyncHarness.with { bench in
      try fault.cause(in: bench)
      let outcome = try await bench.run("doctor")
      #expect(outcome.status == fault.status, "\(outcome)")
      #expect(outcome.output.contains(fault.words), "\(outcome)")
      #expect(outcome.output.contains("found.\n"), "\(outcome)")
      #expect(outcome.output.contains("SQLite") && outcome.output.contains("locale"), "\(outcome)")
    }
  }

  @Test("without a key says whether the gateway can be reached")
  func withoutKey() async throws {
    try await SyncHarness.with { bench in
      bench.harness.environment["SEEDBANK_API_KEY"] = nil
      let outcome = try await bench.run("doctor")
      #expect(outcome.output.contains("can be reached\n"), "\(outcome)")
    }
  }

  @Test("a config file without settings is not reported as absent", arguments: ["", "# mine\n"])
  func noSettings(text: String) async throws {
    let harness = try Harness()
    let absent = try await harness.run("doctor", "--offline").output
    #expect(absent.contains("config.yaml: does not exist"), "\(absent)")
    _ = try harness.write(text, to: ".config/seedbank/config.yaml")
    let outcome = try await harness.run("doctor", "--offline").output
    #expect(outcome.contains("config.yaml: no settings"), "\(outcome)")
  }

  @Test("with --offline sends nothing")
  func offline() async throws {
    let harness = try Harness()
    harness.environment = ["SEEDBANK_GATEWAY": "http://127.0.0.1:1", "SEEDBANK_API_KEY": "k"]
    let outcome = try await harness.succeed("doctor", "--offline")
    #expect(outcome.output.contains("not tested"), "\(outcome)")
    #expect(!FileManager.default.fileExists(atPath: harness.library.path))
  }

  @Test("prints the same findings as JSON")
  func json() async throws {
    struct Report: Decodable {
      struct Finding: Decodable {
        let section: String
        let name: String
        let value: String
        let problem: Bool
      }
      let problems: Int
      let findings: [Finding]
    }
    let harness = try Harness()
    let outcome = try await harness.run("doctor", "--offline", "--format", "json")
    #expect(outcome.status == 78, "\(outcome)")
    let report = try JSONDecoder().decode(Report.self, from: outcome.standardOutput)
    #expect(report.problems == 1 && report.findings.filter(\.problem).map(\.name) == ["key"])
    let text = try await harness.run("doctor", "--offline").output
    for finding in report.findings {
      #expect(text.contains(finding.name) && text.contains(finding.value), "\(text)")
    }
  }
}
