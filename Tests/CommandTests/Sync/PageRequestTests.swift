import Foundation
import GatewaySimulator
import SeedbankModel
import SeedbankStorage
import TestProcesses
import Testing

/// Tests of requests from the live page, with the real server and a gateway.
@Suite("A request of the live page")
struct PageRequestTests {
  /// Returns a script that starts servers, puts their addresses into `url1` and `url2`, runs
  /// `body`, and stops the servers.
  static func script(servers: Int, options: String = "", _ body: String) -> String {
    """
    start() {
      mkfifo "served$1"
      "$SEEDBANK" serve --port 0 --allow-generate --budget 50 \(options) > "served$1" &
      servers="$servers $!"
    }
    call() {
      curl --silent --show-error --max-time 300 --header "Authorization: Bearer ${1#*token=}" \\
        --header 'Content-Type: application/json' "${1%%\\?*}api/$2" "${@:3}"
    }
    for number in $(seq \(servers)); do start "$number"; done
    for number in $(seq \(servers)); do read -r "url$number" < "served$number"; done
    \(body)
    kill -TERM $servers
    wait $servers
    """
  }

  @Test("of two servers on one library stays within the budget of the library")
  func budget() async throws {
    try await SyncHarness.with { bench in
      bench.harness.environment["SEEDBANK_BUDGET_IMAGES_PER_DAY"] = "3"
      try await bench.succeed("init")
      let outcome = try await bench.shell(
        Self.script(
          servers: 2,
          """
          order='{"prompt":"a cat","count":2}'
          call "$url1" generations --data "$order" > first & one=$!
          call "$url2" generations --data "$order" > second & two=$!
          wait $one $two
          # The server that was refused says why; the other one has nothing to say.
          until { call "$url1" library; call "$url2" library; } | grep -q budget.images_per_day; do
            sleep 0.1
          done
          until [ "$("$SEEDBANK" search status:complete --count)" = 3 ]; do sleep 0.1; done
          { call "$url1" library; call "$url2" library; } | grep -o '"budget":[0-9]*'
          """))
      #expect(outcome.lines == [#""budget":0"#, #""budget":0"#], "\(outcome)")
      #expect(await bench.gateway.ledger.charges.count == 3)
      #expect(try await bench.succeed("search", "status:queued", "--count").output == "1\n")
    }
  }

  @Test("counts towards the --max-cost of the server together with all others")
  func maxCost() async throws {
    try await SyncHarness.with { bench in
      bench.harness.environment["SEEDBANK_CONFIRM_PRICE"] = "0.10 USD"
      try await bench.succeed("init")
      let outcome = try await bench.shell(
        Self.script(
          servers: 1, options: "--max-cost 0.35",
          """
          saved() { "$SEEDBANK" search status:complete --count; }
          order='{"prompt":"a cat","count":2}'
          call "$url1" generations --data "$order" > first
          until [ "$(saved)" = 2 ]; do sleep 0.1; done
          call "$url1" generations --data "$order" > second
          until call "$url1" library | grep -q -e --max-cost; do
            [ "$(saved)" -lt 4 ] || break
            sleep 0.1
          done
          """))
      #expect(await bench.gateway.ledger.charges.count == 3, "\(outcome)")
      #expect(try await bench.succeed("search", "status:queued", "--count").output == "1\n")
    }
  }

  @Test("waits for the others if --jobs allows one request at a time")
  func jobs() async throws {
    // So long that other requests would be sent meanwhile on a busy machine too.
    try await SyncHarness.with(latency: 0.5) { bench in
      try await bench.succeed("init")
      let outcome = try await bench.shell(
        Self.script(
          servers: 1, options: "--jobs 1",
          """
          for number in 1 2 3 4; do
            call "$url1" generations --data '{"prompt":"a cat"}' > "answer$number"
          done
          until [ "$("$SEEDBANK" search status:complete --count)" = 4 ]; do sleep 0.1; done
          """))
      let ledger = await bench.gateway.ledger
      #expect(ledger.charges.count == 4 && ledger.peakSubmits == 1, "\(outcome)")
    }
  }

  @Test("that repeats an image of a provider without a key is refused and not recorded")
  func missingKey() async throws {
    try await SyncHarness.with { bench in
      bench.harness.environment["SEEDBANK_CONFIG"] = try bench.harness.write(
        "providers:\n  maker:\n    kind: pixazo\n    url: \(bench.gateway.baseURL)\n",
        to: "config.yaml")
      try await bench.succeed("generate", "a cat", "--provider", "maker", "--no-wait")
      let outcome = try await bench.shell(
        Self.script(
          servers: 1,
          """
          call "$url1" generations --data '{"reproduce":1}' --write-out '\\n%{http_code}\\n'
          call "$url1" library | grep -o '"budget":[0-9]*'
          """))
      #expect(outcome.lines.first?.contains("SEEDBANK_API_KEY_MAKER") == true, "\(outcome)")
      #expect(outcome.lines.dropFirst() == ["503", #""budget":50"#], "\(outcome)")
      #expect(try await bench.succeed("search", "--count").output == "1\n")
    }
  }

  @Test("is refused after the library was removed, and creates nothing")
  func removedLibrary() async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("init")
      let outcome = try await bench.shell(
        Self.script(
          servers: 1,
          """
          mv "$SEEDBANK_LIBRARY" removed
          call "$url1" generations --data '{"prompt":"a cat"}' --output answer \\
            --write-out '%{http_code}\\n'
          [ -e "$SEEDBANK_LIBRARY" ] || echo nothing
          """))
      #expect(outcome.lines == ["500", "nothing"], "\(outcome)")
      #expect(await bench.gateway.ledger.charges.isEmpty)
    }
  }

  @Test("that varies two fields makes every combination, and the other images share a seed")
  func grid() async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("init")
      let outcome = try await bench.shell(
        Self.script(
          servers: 1,
          """
          call "$url1" generations --data '{"prompt":"a","vary":["guidance_scale=2,4","seed=5..6"]}'
          echo
          call "$url1" generations --data '{"prompt":"b","vary":["guidance_scale=2,4"]}'
          echo
          call "$url1" generations --data '{"prompt":"c","count":2,"vary":["seed=1,2"]}'
          echo
          call "$url1" generations --data '{"prompt":"d","vary":["seed=1..51"]}'
          """))
      let axes = #""axes":[{"field":"guidance_scale","values":["2","4"]}"#
      #expect(outcome.lines.count == 4, "\(outcome)")
      #expect(
        outcome.lines.first
          == #"{"ids":[1,2,3,4],\#(axes),{"field":"seed","values":["5","6"]}]}"#, "\(outcome)")
      #expect(outcome.lines.dropFirst().first == #"{"ids":[5,6],\#(axes)]}"#, "\(outcome)")
      #expect(outcome.lines.dropFirst(2).first?.contains("only once") == true, "\(outcome)")
      #expect(outcome.lines.last?.contains("the budget of the server allows") == true, "\(outcome)")
      let library = try bench.openLibrary()
      let made = try library.generations((1...6).map { GenerationID($0) })
      #expect(made.map(\.parameters.guidanceScale) == [2, 2, 4, 4, 2, 4])
      #expect(made.prefix(4).map { $0.parameters.seed?.description } == ["5", "6", "5", "6"])
      #expect(made[4].parameters.seed == made[5].parameters.seed)
      #expect(made[4].parameters.seed != nil)
    }
  }

  @Test(
    "that contradicts itself is refused and not recorded",
    arguments: [
      #""guidance_scale":3,"vary":["guidance_scale=2,3"]"#,
      #""size":"512x512","vary":["size=512x512,1024x1024"]"#,
      #""model":"seedream-3-0-t2i-250415","vary":["model=seedream-3-0-t2i-250415"]"#,
      #""watermark":true,"vary":["watermark=yes,no"]"#, #""vary":["prompt=x,y"]"#,
      #""seed":5,"new_seed":true,"count":2"#,
    ])
  func contradiction(_ values: String) async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("init")
      let outcome = try await bench.shell(
        Self.script(
          servers: 1,
          """
          call "$url1" generations --data '{"prompt":"a",\(values)}' --output answer \\
            --write-out '%{http_code}\\n'
          call "$url1" library | grep -o '"budget":[0-9]*'
          """))
      #expect(outcome.lines == ["422", #""budget":50"#], "\(outcome)")
      #expect(await bench.gateway.ledger.charges.isEmpty)
      #expect(try bench.openLibrary().newest(offset: 0) == nil)
    }
  }

  @Test(
    "that changes a request and contradicts itself is refused without options of the command line",
    arguments: [
      #""seed":5,"new_seed":true"#, #""size":"512x512","vary":["size=512x512,1024x1024"]"#,
    ])
  func contradictoryChange(_ values: String) async throws {
    try await SyncHarness.with { bench in
      try await bench.succeed("init")
      try await bench.succeed("generate", "a cat", "--no-wait")
      let outcome = try await bench.shell(
        Self.script(
          servers: 1,
          """
          call "$url1" generations --data '{"reproduce":1,\(values)}' \\
            --write-out '\\n%{http_code}\\n'
          """))
      #expect(outcome.lines.last == "422", "\(outcome)")
      let body = outcome.lines.first ?? ""
      #expect(!body.contains("--") && body.contains("error"), "\(outcome)")
      #expect(try await bench.succeed("search", "--count").output == "1\n")
    }
  }

  @Test(
    "can set a seed unless the model is known to refuse one",
    arguments: [("gpt-image-1", false), ("a-model-that-is-not-listed", true)])
  func seed(_ model: String, isTaken: Bool) async throws {
    try await SyncHarness.with { bench in
      try bench.configureProviders()
      bench.harness.environment["SEEDBANK_PROVIDER"] = "openai"
      bench.harness.environment["SEEDBANK_GENERATE_MODEL"] = model
      try await bench.succeed("init")
      let outcome = try await bench.shell(
        Self.script(servers: 1, #"call "$url1" library | grep -o '"takes_seed":[a-z]*'"#))
      #expect(outcome.lines == [#""takes_seed":\#(isTaken)"#], "\(outcome)")
    }
  }

  static let hasBrowser = ["chromium", "chromedriver", "python3"].allSatisfy { name in
    FileManager.default.isExecutableFile(atPath: "/usr/bin/" + name)
  }

  /// The file of axe-core; nil if it is not installed.
  private static let axe: String? = {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../.build/pypi/axe_core_python/axe.min.js").standardized.path
    return FileManager.default.fileExists(atPath: file) ? file : nil
  }()

  @Test(
    "shows a grid of results that fills in as the images arrive",
    .enabled(if: hasBrowser, "chromium, chromedriver or python3 is not installed"),
    .enabled(if: axe != nil, "axe-core is not installed"))
  func page() async throws {
    let check = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../WebTests/Browser/check_live.py").standardized.path
    let axe = try #require(Self.axe)
    try await SyncHarness.with(Script([SyncHarness.ReplyKind.job.rule])) { bench in
      try await bench.succeed("init")
      let outcome = try await bench.shell(
        Self.script(servers: 1, "python3 '\(check)' generate \"$url1\" '\(axe)'"))
      #expect(outcome.lines.last == "0 failed", "\(outcome)")
    }
  }
}
