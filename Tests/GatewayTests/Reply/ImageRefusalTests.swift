import Testing

@testable import SeedbankProviders

@Suite("Refusals of image servers")
struct ImageRefusalTests {
  private func isExpired(_ status: Int, _ body: String, _ headers: ReplyHeaders = [:]) -> Bool {
    ImageRefusal.isExpired(Reply(status: status, headers: headers, body: Array(body.utf8)))
  }

  private static func xml(_ code: String, _ message: String) -> String {
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>\(code)</Code>"
      + "<Message>\(message)</Message><RequestId>1</RequestId></Error>"
  }

  @Test(
    "a body that says that the link has expired is believed",
    arguments: [
      (403, xml("AccessDenied", "Request has expired")),
      (403, xml("AccessDenied", "Request has expired.")),
      (400, xml("ExpiredToken", "The provided token has expired.")),
      (403, xml("ExpiredToken", "Request signature expired at: 2026-11-26T00:00:00")),
      (404, xml("NoSuchKey", "The specified key does not exist.")),
      (404, xml("BlobNotFound", "The specified blob does not exist.")),
      (
        403,
        "\u{FEFF}<?xml version=\"1.0\"?><Error><Code>AuthenticationFailed</Code><Message>Server failed "
          + "to authenticate the request.</Message><AuthenticationErrorDetail>Signature not valid in "
          + "the specified time frame: Start [x] - Expiry [y]</AuthenticationErrorDetail></Error>"
      ),
      (403, #"{"Code":"AccessDenied","Message":"Request has expired","RequestId":"x"}"#),
      (404, #"{"error":{"code":404,"message":"No such object: bucket/a.jpg"}}"#),
      (403, #"{"error":"URL signature expired"}"#),
    ])
  func dead(_ status: Int, _ body: String) {
    #expect(isExpired(status, body))
  }

  @Test(
    "any other body says nothing about the link",
    arguments: [
      (403, ""), (404, "file not exist"), (404, "<html><title>404 Not Found</title></html>"),
      (403, "<html>Your session has expired</html>"), (403, xml("AccessDenied", "Access Denied")),
      (403, xml("SignatureDoesNotMatch", "The signature we calculated does not match")),
      (403, xml("RequestTimeTooSkewed", "The difference is too large")),
      (400, #"{"error":"bad request"}"#), (404, "{"), (404, "<Error><Code>NoSuchKey"),
      (503, xml("NoSuchKey", "x")), (200, xml("NoSuchKey", "x")),
    ])
  func silent(_ status: Int, _ body: String) {
    #expect(!isExpired(status, body))
  }

  @Test("the error code of Azure may be in a header only")
  func header() {
    #expect(isExpired(404, "", ["x-ms-error-code": "BlobNotFound"]))
    #expect(!isExpired(403, "", ["x-ms-error-code": "AuthenticationFailed"]))
  }
}
