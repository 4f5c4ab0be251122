import Testing

@testable import SeedbankProviders

@Suite("The key")
struct APIKeyTests {
  private struct Holder { let key: APIKey }

  @Test("is never printed")
  func hidden() throws {
    let key = try APIKey("s3cret-value-123")
    var dumped = ""
    dump(Holder(key: key), to: &dumped)
    for text in ["\(key)", String(reflecting: key), "\(Holder(key: key))", "\([key])", dumped] {
      #expect(!text.contains("s3cret"))
    }
  }

  @Test("line ends around it are dropped")
  func trimmed() throws {
    #expect(try APIKey("\nabc\r\n").value == "abc")
  }

  @Test(
    "characters that a header must not contain are refused",
    arguments: [
      ("", APIKeyError.empty), ("\n", .empty), ("a b", .unprintable), (" a", .unprintable),
      ("a\r\nX: y", .unprintable), ("ké", .unprintable), ("a\u{7F}", .unprintable),
      (String(repeating: "a", count: 5_000), .tooLong),
    ])
  func refused(_ text: String, _ error: APIKeyError) {
    #expect(throws: error) { try APIKey(text) }
  }

  @Test("an echoed key is replaced by asterisks in every place")
  func redacted() throws {
    let key = try APIKey("s3cret-value-123")
    let text = "ss3cret-value-123 and s3cret-value-123"
    #expect(key.redacted(in: text) == "s**************** and ****************")
    #expect(key.redacted(in: "s3cret-value-12") == "s3cret-value-12")
  }

  @Test("equal characters are equal keys")
  func equality() throws {
    #expect(try APIKey("abc") == APIKey("abc\n"))
    #expect(try APIKey("abc") != APIKey("abd"))
  }
}
