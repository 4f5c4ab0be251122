import Foundation
import Testing

@Suite("seedbank serve and seedbank mcp") struct ServeTests {
  @Test("only the owner can read the file with the address, and a signal stops the server")
  func addressAndStop() async throws {
    let harness = try Harness()
    try await harness.succeed("init")
    // The address is printed when the server accepts connections and the file has been written.
    let outcome = try await harness.shell(
      """
      mkfifo out
      "$SEEDBANK" serve --port 0 --ready-file address > out &
      server=$!
      exec 3< out
      read -r url <&3
      stat -c %a address
      [ "$(cat address)" = "$url" ] && echo same
      token=${url#*token=}
      echo ${#token}
      curl --silent --max-time 60 --header "Authorization: Bearer $token" "${url%%\\?*}api/library" |
        grep --only-matching '"count":0'
      kill -TERM $server
      wait $server
      echo $?
      [ -e address ] || echo gone
      """)
    #expect(outcome.lines == ["600", "same", "64", "\"count\":0", "0", "gone"], "\(outcome)")
  }

  @Test("the browser gets an address without the token, which opens the page once")
  func opening() async throws {
    let harness = try Harness()
    try await harness.succeed("init")
    let browser = try harness.write(
      """
      #!/bin/sh
      cd "$(dirname "$0")"
      echo "$*" > opened.new
      mv opened.new opened
      """, to: "browser", permissions: 0o755)
    harness.environment["BROWSER"] = browser
    let outcome = try await harness.shell(
      """
      mkfifo out
      "$SEEDBANK" serve --port 0 --open > out &
      server=$!
      exec 3< out
      read -r url <&3
      until [ -e opened ]; do sleep 0.1; done
      address=$(cat opened)
      case "$address" in
        *"${url#*token=}"*) echo token ;;
        "${url%%\\?*}"*) echo page ;;
      esac
      request() {
        curl --silent --max-time 60 --output page --write-out '%{http_code}\\n' "$@" "$address"
      }
      request --cookie-jar cookies --location
      grep --only-matching '<title>.*</title>' page
      request
      request --cookie cookies
      kill -TERM $server
      wait $server
      """)
    #expect(
      outcome.lines == ["page", "200", "<title>Seedbank</title>", "401", "303"], "\(outcome)")
  }

  @Test("the signal about a leased file does not end the server")
  func leaseSignal() async throws {
    let harness = try Harness()
    try await harness.succeed("init")
    let outcome = try await harness.shell(
      """
      mkfifo out
      "$SEEDBANK" serve --port 0 > out &
      server=$!
      exec 3< out
      read -r url <&3
      kill -IO $server
      kill -TERM $server
      wait $server
      echo $?
      """)
    #expect(outcome.lines == ["0"], "\(outcome)")
  }

  @Test("edits by a server and by commands at the same time are all kept")
  func concurrentEdits() async throws {
    let harness = try Harness()
    let sample = try SampleLibrary(harness)
    for seed in 1...4 { try sample.add("a cat", seed: Int64(seed * 100)) }
    let outcome = try await harness.shell(
      """
      mkfifo out
      "$SEEDBANK" serve --port 0 > out &
      server=$!
      read -r url < out
      for id in 1 2 3 4; do
        # A command that ends must not take the log away from the server.
        "$SEEDBANK" rate $id --stars 2 > edited
        curl --silent --max-time 60 --request PATCH --header "Authorization: Bearer ${url#*token=}" \
          --header 'Content-Type: application/json' \
          --data '{"ids":['$id'],"edit":{"favorite":true}}' "${url%%\\?*}api/selection"
      done
      kill -TERM $server
      wait $server
      "$SEEDBANK" search rating:2 is:favorite --count
      """)
    // Each command makes an edit before the server does.
    let replies = (1...4).map { #"{"count":1,"change":\#($0 * 2)}"# }.joined()
    #expect(outcome.lines == [replies + "4"], "\(outcome)")
  }

  @Test("wrong options, and edits from the network without their own option, are refused")
  func networkEdits() async throws {
    let harness = try Harness()
    let refused = try await harness.run("serve", "--host", "0.0.0.0")
    #expect(refused.status == 64)
    #expect(refused.talk.contains("--allow-edits-from-network"))
    #expect(try await harness.run("serve", "--read-only", "--allow-generate").status == 64)
    #expect(try await harness.run("serve", "--port", "70000").status == 64)
    #expect(try await harness.run("serve", "--port", "0").status == 66)
  }

  @Test("a server that cannot listen says why, and gives a hint only for that cause")
  func cannotListen() async throws {
    let harness = try Harness()
    try await harness.succeed("init")
    let outcome = try await harness.shell(
      """
      mkfifo out
      "$SEEDBANK" serve --port 0 > out &
      server=$!
      exec 3< out
      read -r url <&3
      port=${url#http://127.0.0.1:}
      "$SEEDBANK" serve --port "${port%%/*}" 2> used
      "$SEEDBANK" serve --port 0 --host a..b --read-only 2> unknown
      kill -TERM $server
      wait $server
      """)
    func text(_ name: String) throws -> String {
      try String(contentsOf: harness.folder.appendingPathComponent(name), encoding: .utf8)
    }
    let used = try text("used")
    #expect(used.contains(": Address already in use\n"), "\(outcome)\n\(used)")
    #expect(used.contains("hint: another program uses the port"), "\(used)")
    let unknown = try text("unknown")
    #expect(unknown.contains(": the name is not known\n"), "\(unknown)")
    #expect(unknown.contains("hint: check --host"), "\(unknown)")
  }

  @Test("the client library of the Model Context Protocol can search and edit")
  func clientLibrary() async throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let clients = folder.appendingPathComponent("../../.build/pypi-client").standardized.path
    let harness = try Harness()
    harness.environment["PYTHONPATH"] = clients
    let sample = try SampleLibrary(harness)
    try sample.add("a lighthouse")
    try sample.add("a harbour")
    let script = folder.appendingPathComponent("Assistant/check_assistant.py").path
    let outcome = try await harness.shell("python3 '\(script)' \"$SEEDBANK\"")
    #expect(
      outcome.lines == [
        "tools facets search show", "search 1", "show a harbour", "facets 2", "refused True",
        "tools edit facets search show undo", "edit 1", "undo 1",
      ], "\(outcome)")
  }

  @Test("each line of an assistant gets a reply until its input ends")
  func assistant() async throws {
    let harness = try Harness()
    try await harness.succeed("init")
    let lines = """
      {"jsonrpc":"2.0","id":1,"method":"ping"}
      {"jsonrpc":"2.0","method":"notifications/initialized"}
      {"jsonrpc":"2.0","id":2,"method":"tools/list"}

      """
    let outcome = try await harness.succeed("mcp", input: Data(lines.utf8))
    #expect(outcome.lines.count == 2)
    #expect(outcome.lines.first == #"{"jsonrpc":"2.0","id":1,"result":{}}"#)
  }

  @Test("a line of an assistant that is too long gets an error that names the limit")
  func longLine() async throws {
    let harness = try Harness()
    try await harness.succeed("init")
    let ping = #"{"jsonrpc":"2.0","id":1,"method":"ping"}"#
    let lines = ping + String(repeating: " ", count: 1 << 20) + "\n" + ping + "\n"
    let outcome = try await harness.succeed("mcp", input: Data(lines.utf8))
    #expect(outcome.lines.count == 2)
    #expect(outcome.lines.first?.contains("longer than 1048576 bytes") == true)
    #expect(outcome.lines.last == #"{"jsonrpc":"2.0","id":1,"result":{}}"#)
  }
}
