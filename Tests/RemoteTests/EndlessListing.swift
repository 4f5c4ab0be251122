/// A service that ignores the token of a listing, so that the listing would have no end.
struct EndlessListing {
  enum Fault: String, CaseIterable {
    /// Each page has other keys, and the same token.
    case sameToken
    /// Each page has the same keys, and another token.
    case sameKeys
    /// Each page has other keys, and the token of the page before the last one.
    case alternatingTokens
  }

  private let server: PythonServer

  init(_ fault: Fault) async throws {
    server = try await PythonServer(Self.program, ["FAULT": fault.rawValue])
  }

  var url: String { "http://127.0.0.1:\(server.port)" }

  private static let program = """
    import http.server, itertools
    fault = os.environ["FAULT"]
    numbers = itertools.count()

    class Service(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            number = next(numbers)
            key = 0 if fault == "sameKeys" else number
            token = {"sameToken": 0, "sameKeys": number, "alternatingTokens": number % 2}[fault]
            # A client that reads all pages comes to an end, so that a test fails and does not hang.
            is_truncated = "true" if number < 20 else "false"
            xml = (
                f"<ListBucketResult><IsTruncated>{is_truncated}</IsTruncated>"
                f"<NextContinuationToken>{token}</NextContinuationToken>"
                f"<Contents><Key>p/heads/{key:02}</Key><Size>1</Size></Contents></ListBucketResult>"
            ).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(xml)))
            self.end_headers()
            self.wfile.write(xml)

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
    print(f"Running on http://127.0.0.1:{server.server_address[1]}")
    server.serve_forever()
    """
}
