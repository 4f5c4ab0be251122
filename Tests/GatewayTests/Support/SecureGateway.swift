import Foundation

@testable import SeedbankProviders

/// nginx with TLS, HTTP/2 and a private certificate authority, as a gateway.
struct SecureGateway {
  enum Certificate {
    case good, expired, otherHost
  }

  let folder: TemporaryFolder
  let port: Int

  var base: String { "https://localhost:\(port)" }
  var authority: String { folder.path + "/ca.pem" }

  /// Settings that trust the private authority.
  var settings: GatewaySettings {
    var settings = GatewaySettings()
    settings.network.authorityFile = authority
    return settings
  }

  @discardableResult
  static func run<Result>(
    _ certificate: Certificate = .good, _ work: (SecureGateway) async throws -> Result
  ) async throws -> Result {
    let gateway = SecureGateway(folder: try TemporaryFolder(), port: try ServerSocket.freePort())
    try await gateway.makeCertificates(certificate)
    try gateway.folder.write(gateway.configuration, to: "nginx.conf")
    let arguments = ["-p", gateway.folder.path, "-c", "nginx.conf", "-e", "error.log"]
    return try await Peer.run("nginx", arguments, port: gateway.port, in: gateway.folder) {
      try await work(gateway)
    }
  }

  /// A line for each request so far: protocol, method and target.
  ///
  /// nginx writes the line after it has sent the response. One process handles all requests, so after the response to
  /// another request all earlier ones are in the log.
  func log() async throws -> [String] {
    let last = "/last"
    try await Peer.call(
      "curl",
      ["--silent", "--insecure", "--noproxy", "*", "--output", "reply", base + last], in: folder)
    return folder.read("access.log").split(separator: "\n").map(String.init)
      .filter { !$0.hasSuffix(last) }
  }

  /// Whether `localhost` can be `::1`, to which a proxy may connect.
  private static let hasIPv6 =
    (try? String(contentsOfFile: "/proc/net/if_inet6", encoding: .utf8))?
    .contains("\(String(repeating: "0", count: 31))1") ?? false

  private var configuration: String {
    """
    daemon off; master_process off; pid nginx.pid;
    events {}
    http {
      log_format short '$server_protocol $request_method $request_uri';
      access_log access.log short;
      client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
      uwsgi_temp_path uwsgi; scgi_temp_path scgi;
      gzip on; gzip_min_length 1; gzip_types application/json;
      server {
        listen 127.0.0.1:\(port) ssl http2;\(Self.hasIPv6 ? " listen [::1]:\(port) ssl http2;" : "")
        ssl_certificate server.pem; ssl_certificate_key server.key;
        root \(folder.path)/files;
        default_type application/json;
        location /byteplus/ { return 200 '{"data":[{"url":"\(base)/picture"}]}'; }
        location /ai-model-api-polling/ { return 200 '{"status":"queued"}'; }
      }
    }
    """
  }

  private func makeCertificates(_ certificate: Certificate) async throws {
    let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    let name = certificate == .otherHost ? "other.example" : "localhost"
    try folder.write("subjectAltName=DNS:\(name)", to: "names")
    try await Peer.call(
      "openssl",
      ["req", "-x509"] + key
        + ["-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Authority", "-days", "30"],
      in: folder)
    try await Peer.call(
      "openssl",
      ["req"] + key + ["-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=\(name)"],
      in: folder)
    try await Peer.call(
      "openssl",
      [
        "x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key",
        "-CAcreateserial", "-days", certificate == .expired ? "-1" : "30", "-extfile", "names",
        "-out", "server.pem",
      ], in: folder)
  }
}
