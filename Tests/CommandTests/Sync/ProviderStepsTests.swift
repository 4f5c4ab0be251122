import Foundation
import GatewaySimulator
import Testing

@Suite("The steps in docs/providers.md to try a service")
struct ProviderStepsTests {
  /// Returns the commands of each page of a service, by the kind of the service.
  private static func steps() throws -> [(kind: String, commands: [String])] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(
      contentsOf: root.appendingPathComponent("docs/providers.md"), encoding: .utf8)
    return page.components(separatedBy: "\n## ").compactMap { section in
      guard let kind = section.prefix(while: { $0 != "\n" }).split(separator: "`").dropFirst().first
      else { return nil }
      // A step may continue in the next line.
      let items = section.components(separatedBy: "\n").reduce(into: [String]()) { items, line in
        if line.first?.isNumber == true, line.contains(". ") {
          items.append(line)
        } else if line.hasPrefix("   "), !items.isEmpty {
          items[items.count - 1] += line.dropFirst(2)
        }
      }
      let commands = items.flatMap { item in
        item.split(separator: "`", omittingEmptySubsequences: false).enumerated()
          .filter { $0.offset % 2 == 1 && $0.element.hasPrefix("seedbank ") }
          .map { String($0.element) }
      }
      return commands.isEmpty ? nil : (String(kind), commands)
    }
  }

  private static let runner = """
    seedbank() { "$SEEDBANK" "$@"; }
    step() {
      line=$(cat)
      case $line in *https://…*)
        # `show` does not print the signature of a link.
        link=$(python3 -c 'import re, sqlite3, sys
    query = "SELECT coalesce(poll_body, reply_body) FROM generation ORDER BY id LIMIT 1"
    reply = sqlite3.connect(sys.argv[1]).execute(query).fetchone()[0]
    print(re.search(rb"http[^\\x22]*", reply)[0].decode())' "$CATALOG")
        line=${line%https://…}"'$link'" ;;
      esac
      echo "$KEY" | eval "$line" >out 2>&1
      state=$?
      echo "$state:$line"
      [ $state = 0 ] || sed 's/^/  | /' out
    }

    """

  @Test("work word for word, with one charge for each request")
  func all() async throws {
    let steps = try Self.steps()
    #expect(steps.map(\.kind) == ["pixazo", "ark", "openai", "fal", "replicate"])
    for (kind, commands) in steps {
      let small = Rule(
        on: .submit,
        Behaviour(
          job: JobPlan(statuses: ["pending", "succeeded"]), picture: Alteration(size: "64x64")))
      try await SyncHarness.with(Script([small])) { bench in
        try bench.configureProviders()
        bench.harness.environment["KEY"] = SyncHarness.key
        bench.harness.environment["CATALOG"] =
          bench.harness.library.appending(path: "catalog.sqlite").path
        let script =
          Self.runner + commands.map { "step <<'END'\n\($0)\nEND\n" }.joined()
        let outcome = try await bench.shell(script)
        let succeeded = outcome.lines.filter { $0.hasPrefix("0:seedbank ") }
        #expect(
          succeeded.count == commands.count && outcome.lines.count == commands.count,
          "\(kind): \(outcome)")
        let requests = commands.count { $0.hasPrefix("seedbank generate") }
        let ledger = await bench.gateway.ledger
        #expect(requests >= 2 && ledger.charges.count == requests, "\(kind)")
        try await bench.expectNothingLost()
      }
    }
  }
}
