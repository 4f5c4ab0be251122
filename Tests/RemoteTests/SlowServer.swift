/// A server whose replies of 500 bytes arrive one byte at a time, a hundred in a second.
struct SlowServer {
  private let server: PythonServer

  init() async throws { server = try await PythonServer(Self.program) }

  var url: String { "http://127.0.0.1:\(server.port)/" }

  private static let program = """
    import http.server, select

    class Service(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Length", "500")
            self.end_headers()
            try:
                for number in range(500):
                    self.wfile.write(b"x")
                    # Ends at once if the client closes the connection.
                    if select.select([self.connection], [], [], 0.01)[0]:
                        break
            except ConnectionError:
                pass

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
    print(f"Running on http://127.0.0.1:{server.server_address[1]}")
    server.serve_forever()
    """
}
