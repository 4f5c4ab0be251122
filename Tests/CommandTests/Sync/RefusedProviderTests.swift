import Foundation
import Testing

@Suite("A provider that refuses the key")
struct RefusedProviderTests {
  /// Runs a test with a provider `maker` whose key is wrong.
  private func with(_ body: (SyncHarness) async throws -> Void) async throws {
    try await SyncHarness.with { bench in
      bench.harness.environment["SEEDBANK_CONFIG"] = try bench.harness.write(
        "providers:\n  maker:\n    kind: pixazo\n    url: \(bench.gateway.baseURL)\n",
        to: "config.yaml")
      bench.harness.environment["SEEDBANK_PROVIDER"] = "maker"
      bench.harness.environment["SEEDBANK_API_KEY_MAKER"] = "not-its-key"
      try await body(bench)
    }
  }

  @Test("is named in the JSON summary of a sync")
  func summary() async throws {
    try await with { bench in
      try await bench.succeed("generate", "a cat", "--no-wait")
      let outcome = try await bench.run("sync", "--json")
      #expect(outcome.status == 77, "\(outcome)")
      let json = try JSONSerialization.jsonObject(with: outcome.standardOutput)
      let stopped = (json as? [String: Any])?["stopped"] as? String
      #expect(stopped?.hasPrefix("the provider 'maker' refuses the API key") == true, "\(outcome)")
    }
  }

  @Test("is named in the notice of the live page, with the place of its key")
  func notice() async throws {
    try await with { bench in
      try await bench.succeed("init")
      let outcome = try await bench.shell(
        """
        mkfifo served
        "$SEEDBANK" serve --port 0 --allow-generate > served &
        server=$!
        exec 3< served
        read -r url <&3
        call() {
          curl --silent --max-time 60 --header "Authorization: Bearer ${url#*token=}" \\
            --header 'Content-Type: application/json' "${url%%\\?*}api/$1" "${@:2}"
        }
        call generations --data '{"prompt":"a cat"}' > answer
        until call library > library.json && grep -q 'refuses the API key' library.json; do
          sleep 0.1
        done
        cat library.json
        kill -TERM $server
        wait $server
        """)
      #expect(outcome.output.contains("the provider 'maker' refuses the API key"), "\(outcome)")
      #expect(outcome.output.contains("SEEDBANK_API_KEY_MAKER"), "\(outcome)")
    }
  }
}
