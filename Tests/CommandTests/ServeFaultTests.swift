import Foundation
import Testing

@Suite("seedbank serve when something fails or changes") struct ServeFaultTests {
  @Test("without a browser, --open warns, and the server runs")
  func noBrowser() async throws {
    let harness = try Harness()
    try await harness.succeed("init")
    harness.environment["BROWSER"] = "no-such-browser"
    let outcome = try await harness.shell(
      """
      mkfifo out
      "$SEEDBANK" serve --port 0 --open > out &
      server=$!
      exec 3< out
      read -r url <&3
      curl --silent --max-time 60 --header "Authorization: Bearer ${url#*token=}" \\
        "${url%%\\?*}api/library" | grep --only-matching '"count":0'
      kill -TERM $server
      wait $server
      echo $?
      """)
    #expect(outcome.lines == ["\"count\":0", "0"], "\(outcome)")
    #expect(outcome.talk.contains("warning: cannot start no-such-browser"), "\(outcome)")
    #expect(outcome.talk.contains("open the printed address yourself"), "\(outcome)")
  }

  @Test("a server that cannot print its address removes the file with the address")
  func readyFile() async throws {
    let harness = try Harness()
    try await harness.succeed("init")
    let outcome = try await harness.shell(
      """
      "$SEEDBANK" serve --port 0 --ready-file address > /dev/full
      echo $?
      [ -e address ] || echo gone
      """)
    #expect(outcome.lines == ["74", "gone"], "\(outcome)")
  }

  @Test("a server that cannot write the file with the address leaves what is in its place")
  func foreignReadyFile() async throws {
    let harness = try Harness()
    try await harness.succeed("init")
    let outcome = try await harness.shell(
      """
      mkdir -p address/kept
      "$SEEDBANK" serve --port 0 --ready-file address
      echo $?
      [ -e address/kept ] && echo kept
      """)
    #expect(outcome.lines == ["73", "kept"], "\(outcome)")
  }

  @Test("a change of the setting that names the library does not change the library of a server")
  func changedSetting() async throws {
    let harness = try Harness()
    let outcome = try await harness.shell(
      """
      unset SEEDBANK_LIBRARY
      for name in first second; do "$SEEDBANK" init --library "$PWD/$name" > made; done
      "$SEEDBANK" config set library "$PWD/first" > changed
      mkfifo out
      "$SEEDBANK" serve --port 0 > out &
      server=$!
      exec 3< out
      read -r url <&3
      "$SEEDBANK" config set library "$PWD/second" > changed
      # The server opens a library again that is not in its place any more.
      mv first moved
      curl --silent --max-time 60 --output answer --write-out '%{http_code}\\n' \\
        --header "Authorization: Bearer ${url#*token=}" "${url%%\\?*}api/library"
      kill -TERM $server
      wait $server
      """)
    #expect(outcome.lines == ["500"], "\(outcome)")
  }
}
