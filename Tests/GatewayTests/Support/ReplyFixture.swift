import Foundation
import SeedbankModel
import Testing

@testable import SeedbankProviders

/// A reply from a fixture file, with the expected result of reading it.
struct ReplyFixture: CustomTestStringConvertible, Sendable {
  let name: String
  let reply: Reply
  let expected: String

  var testDescription: String { name }

  /// The arrival time of every recorded reply: 2025-09-10 10:25:42 UTC.
  static let arrival = Date(timeIntervalSince1970: 1_757_499_942)

  /// Reads `Fixtures/NAME.json`.
  ///
  /// A `body` is used byte for byte; a `text` is decoded.
  static func all(_ name: String, file: String = #filePath) throws -> [ReplyFixture] {
    let folder = URL(filePath: file).deletingLastPathComponent().deletingLastPathComponent()
    let data = try Data(contentsOf: folder.appending(path: "Fixtures/\(name).json"))
    let root = try JSONDocument(Array(data)).root
    return try (root.elements ?? []).map { view in
      guard let name = view["name"]?.string, let status = view["status"]?.integer,
        let expected = view["expect"]?.string
      else { throw CocoaError(.propertyListReadCorrupt) }
      let headers = view["headers"].map { headers in
        headers.members.map { (name: $0.key, value: headers[$0.key]?.string ?? "") }
      }
      let body = view["body"].map { Array($0.bytes[$0.node.range]) }
      return ReplyFixture(
        name: name,
        reply: Reply(
          status: Int(status), headers: ReplyHeaders(headers ?? []),
          body: body ?? Array((view["text"]?.string ?? "").utf8)),
        expected: expected)
    }
  }
}
