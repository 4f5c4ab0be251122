import Foundation
import GatewaySimulator
import Testing

/// Tests with a gateway that echoes the key; afterwards, every byte of the library and of all
/// output is searched for it.
@Suite("An echoed key")
struct KeyEchoTests {
  private static let key = "Zm9v/YmFy+aGVsbG8=4711"

  private struct Echo {
    let name: String
    /// The text as it is in the reply.
    let written: String

    static let all: [Echo] = [
      Echo(name: "as it is", written: key),
      Echo(name: "with slashes escaped", written: key.replacing("/", with: #"\/"#)),
      Echo(
        name: "with signs escaped",
        written: key.replacing("/", with: #"\u002F"#).replacing("+", with: #"\u002b"#)),
      Echo(
        name: "with every character escaped",
        written: key.utf8.map { #"\u00"# + String($0, radix: 16) }.joined()),
      Echo(
        name: "percent-encoded",
        written: key.replacing("/", with: "%2F").replacing("+", with: "%2b")
          .replacing("=", with: "%3D")),
      Echo(name: "in base64", written: Data("user:\(key)".utf8).base64EncodedString()),
    ]

    /// The texts that must not be found anywhere: the key, and the reply's encoding of it.
    var forbidden: [String] {
      // In base64, the first and last characters also encode text next to the key.
      let core = name == "in base64" ? String(written.dropFirst(8).dropLast(4)) : written
      return [key, core]
    }
  }

  private static let places: [(status: Int, body: @Sendable (String) -> String)] = [
    (400, { #"{"error":"refused for key \#($0)"}"# }),
    (200, { #"{"success":true,"\#($0)":"\#($0)"}"# }),
    (500, { #"{"error":{"code":"\#($0)","message":"key \#($0)"}}"# }),
    (502, { "<html><title>\($0)</title>\($0)</html>" }),
    (200, { #"{"job_set_id":"j-\#($0)","status":"pending"}"# }),
    (200, { #"{"data":[{"url":"http://127.0.0.1:1/a.jpg?k=\#($0)"}],"usage":{"x":"\#($0)"}}"# }),
  ]

  @Test("an echoed key is in no file, row or output", arguments: 0..<6)
  func nowhere(_ place: Int) async throws {
    let (status, body) = Self.places[place]
    for echo in Echo.all {
      let answer = Answer(
        status, headers: ["X-Key": echo.written.filter { $0.isASCII }],
        body: body(echo.written), charged: status == 200)
      try await SyncHarness.with(Script([Rule(on: .submit, Behaviour(answer: answer))])) { bench in
        bench.harness.environment["SEEDBANK_API_KEY"] = Self.key
        bench.harness.environment["SEEDBANK_POLL_DEADLINE"] = "0"
        var outputs = [try await bench.run("generate", "a cat")]
        for command in [
          ["sync"], ["show", "1"], ["show", "1", "--format", "json"],
          ["show", "1", "--as", "curl"],
          ["search", "cat", "--format", "jsonl"], ["search", "cat", "--format", "csv"], ["dump"],
          ["history"], ["check"], ["stats"], ["config"],
        ] {
          outputs.append(try await bench.run(command))
        }
        for text in echo.forbidden {
          for output in outputs {
            #expect(!"\(output)".contains(text), "\(echo.name): \(output)")
          }
          #expect(try Self.files(holding: text, in: bench.harness.library) == [], "\(echo.name)")
        }
      }
    }
  }

  private static func files(holding text: String, in folder: URL) throws -> [String] {
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (files?.compactMap { $0 as? URL } ?? []).filter { file in
      guard let data = try? Data(contentsOf: file) else { return false }
      return data.range(of: Data(text.utf8)) != nil
    }.map(\.lastPathComponent)
  }
}
