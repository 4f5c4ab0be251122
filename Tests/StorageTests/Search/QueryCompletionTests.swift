import Testing

@testable import SeedbankStorage

@Suite("The completion of a query")
struct QueryCompletionTests {
  /// Returns the text after the suggestion with this label replaced the word at the cursor.
  private func completed(_ text: String, _ cursor: Int, with label: String) throws -> String {
    let fixture = try SearchFixture()
    try fixture.add("x", tags: ["v1(final)", "client/acme"])
    let completion = try fixture.library.completion(of: text, cursor: cursor)
    let suggestion = try #require(
      completion.suggestions.first { $0.label == label }, "\(completion)")
    let units = Array(text.utf16)
    return String(decoding: units[..<completion.range.lowerBound], as: UTF16.self)
      + suggestion.insert
      + String(decoding: units[completion.range.upperBound...], as: UTF16.self)
  }

  @Test(
    "a bracket within a value is part of it, and a bracket of a group is not",
    arguments: [
      ("tag:v1(fi", 9, "v1(final)", #"tag:"v1(final)""#),
      ("-tag:v1(fi cat", 10, "v1(final)", #"-tag:"v1(final)" cat"#),
      ("(cat tag:v1(final)) dog", 14, "v1(final)", #"(cat tag:"v1(final)") dog"#),
      ("(cat) tag:v1(", 13, "v1(final)", #"(cat) tag:"v1(final)""#),
      ("-(tag:cl", 8, "client/acme", "-(tag:client/acme"),
      ("(tag:cl) OR (cat)", 7, "client/acme", "(tag:client/acme) OR (cat)"),
      (#""a (b"(tag:cl"#, 13, "client/acme", #""a (b"(tag:client/acme"#),
    ])
  func brackets(_ text: String, _ cursor: Int, _ label: String, _ result: String) throws {
    #expect(try completed(text, cursor, with: label) == result)
  }

  @Test(
    "the name of an exact tag is completed after the equals sign",
    arguments: [
      ("tag:=cl", "client/acme", "tag:=client/acme"),
      ("-TAG:=acme", "client/acme", "-tag:=client/acme"),
      (#"tag:="v1"#, "v1(final)", #"tag:="v1(final)""#),
    ])
  func exactTags(_ text: String, _ label: String, _ result: String) throws {
    #expect(try completed(text, text.utf16.count, with: label) == result)
  }
}
