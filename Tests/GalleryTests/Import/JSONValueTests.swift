import Foundation
import TestRandomness
import Testing

@testable import SeedbankGallery

@Suite("JSON of other tools")
struct JSONValueTests {
  @Test(
    "valid JSON is read",
    arguments: [
      (
        " {\"a\" : [1, -2.5, true, false, null], \"b\": {}} ",
        JSONValue.object([
          "a": .array([.integer(1), .number(-2.5), .bool(true), .bool(false), .null]),
          "b": .object([:]),
        ])
      ),
      ("18446744073709551615", .unsigned(.max)), ("1e3", .number(1000)), ("[]", .array([])),
      (#""a\n\"\\\/\u00e9\ud83d\udc0b b""#, .string("a\n\"\\/é🐋 b")),
      (#""\ud83d""#, .string("\u{FFFD}")), (#""C:\x""#, .string("C:x")),
      (#""\u12""#, .string("\u{FFFD}12")),
      ("[NaN, Infinity, -Infinity]", .array([.null, .null, .null])),
    ])
  func parsing(text: String, expected: JSONValue) {
    #expect(JSONValue(parsing: text) == expected)
  }

  @Test(
    "invalid JSON has no value",
    arguments: [
      "", "{", "[1,", "\"a", "{\"a\"}", "{a: 1}", "1 2", "tru", "[1 2]",
      String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000),
    ])
  func refusals(text: String) {
    #expect(JSONValue(parsing: text) == nil)
  }

  @Test("written JSON is read again, also by Foundation")
  func roundTrip() throws {
    var random = SeededGenerator(seed: 4)
    func value(_ depth: Int) -> JSONValue {
      switch Int.random(in: 0...(depth > 3 ? 5 : 7), using: &random) {
      case 0: return .null
      case 1: return .bool(Bool.random(using: &random))
      case 2: return .integer(Int64.random(in: .min ... .max, using: &random))
      case 3: return .number(Double(Int.random(in: -999...999, using: &random)) + 0.5)
      case 4: return .unsigned(UInt64.random(in: (1 << 63) ... .max, using: &random))
      case 5: return .string(["", "é\u{1}", "猫\"\\", "\n"].randomElement(using: &random) ?? "")
      case 6: return .array((0..<3).map { _ in value(depth + 1) })
      default:
        return .object(["a": value(depth + 1), "b\"": value(depth + 1)])
      }
    }
    for _ in 0..<300 {
      let original = value(0)
      #expect(JSONValue(parsing: original.text) == original)
      #expect(throws: Never.self) {
        try JSONSerialization.jsonObject(with: Data("[\(original.text)]".utf8))
      }
    }
  }
}
