import Foundation
import Testing

@Suite("Conditions of the network", .serialized)
struct NetworkConditionTests {
  private let harness: Harness

  init() throws {
    harness = try Harness()
  }

  /// Returns whether a separate network can be created here in which `setUp` succeeds.
  private static func mayMake(_ setUp: String) async throws -> Bool {
    let script = "unshare -n -m bash -c 'ip link set lo up && \(setUp)' 2>/dev/null"
    return try await Harness().shell(script).status == 0
  }

  @Sendable private static func mayBreak() async throws -> Bool { try await mayMake(broken) }
  @Sendable private static func mayLose() async throws -> Bool { try await mayMake(lossy) }

  private static let broken = "ip -6 addr add 2001:db8::2/64 dev lo"
  private static let lossy = "tc qdisc add dev lo root netem loss 10%"

  /// Generates an image in a separate network.
  ///
  /// The gateway is behind TLS and refuses every request with a reply. Its name has an IPv6
  /// address, where nothing answers, and an IPv4 address, which is the gateway's.
  private func generate(_ setUp: String) async throws -> Harness.Outcome {
    _ = try harness.write(
      """
      daemon off; master_process off; pid nginx.pid; error_log error.log;
      events {}
      http {
        access_log access.log;
        client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
        uwsgi_temp_path uwsgi; scgi_temp_path scgi;
        server {
          listen 127.0.0.1:8443 ssl http2;
          ssl_certificate server.pem; ssl_certificate_key server.key;
          default_type application/json;
          location / { return 400 '{"error":"reached"}'; }
        }
      }
      """, to: "nginx.conf")
    _ = try harness.write(
      """
      set -e
      ip link set lo up
      \(setUp)
      printf '127.0.0.1 gateway.test\\n2001:db8::1 gateway.test\\n' > hosts
      mount --bind hosts /etc/hosts
      openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout server.key \\
        -out server.pem -subj /CN=gateway.test -addext subjectAltName=DNS:gateway.test 2>/dev/null
      nginx -p "$PWD" -c nginx.conf -e error.log & nginx=$!
      trap 'kill -9 $nginx' EXIT
      until (: < /dev/tcp/127.0.0.1/8443) 2>/dev/null; do sleep 0.05; done
      export SSL_CERT_FILE=$PWD/server.pem SEEDBANK_GATEWAY=https://gateway.test:8443
      export SEEDBANK_API_KEY=a-key-that-nobody-must-see-4711
      "$SEEDBANK" init > /dev/null
      "$SEEDBANK" generate 'a cat' --size 512x512
      """, to: "network.sh")
    return try await harness.startShell("unshare -n -m bash network.sh").end()
  }

  @Test(
    "a gateway whose IPv6 address does not answer is reached over IPv4",
    .enabled("needs the right to make a network of one's own", mayBreak))
  func brokenRoute() async throws {
    let outcome = try await generate(Self.broken)
    #expect(outcome.talk.contains("(400): reached"), "\(outcome)")
  }

  @Test(
    "a gateway behind a line that loses packets is reached",
    .enabled("needs the kernel's network emulator (sch_netem)", mayLose))
  func loss() async throws {
    let outcome = try await generate(Self.lossy)
    #expect(outcome.talk.contains("(400): reached"), "\(outcome)")
  }
}
