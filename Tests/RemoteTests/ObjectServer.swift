/// Another implementation of S3 (moto) on loopback, which all tests of a run share.
final class ObjectServer: Sendable {
  private let server: PythonServer
  private static let started = Task { try await ObjectServer() }

  static func shared() async throws -> ObjectServer { try await started.value }

  var port: Int { server.port }

  func url(_ host: String) -> String { "http://\(host):\(port)" }

  private init() async throws {
    server = try await PythonServer(
      """
      from moto.server import main
      main(["-H", "127.0.0.1", "-p", "0"])
      """)
  }
}
