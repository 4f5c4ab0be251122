import Foundation
import Testing

@Suite("Settings and their origins")
struct SettingsTests {
  let harness: Harness

  init() throws {
    harness = try Harness()
    harness.environment["SEEDBANK_CONFIG"] = harness.folder.path + "/config.yaml"
  }

  private func settings(_ arguments: String...) async throws -> [String: [String: String?]] {
    let outcome = try await harness.run(["config", "--format", "json"] + arguments)
    #expect(outcome.status == 0, "\(outcome)")
    return try JSONDecoder().decode(
      [String: [String: String?]].self, from: outcome.standardOutput)
  }

  @Test(
    "the option comes before the variable, the variable before the file, the file before the default"
  )
  func precedence() async throws {
    #expect(try await settings()["concurrency"] == ["value": "4", "origin": "built in"])
    let file = try harness.write("concurrency: 7\nlibrary: ~/from-file\n", to: "config.yaml")
    #expect(try await settings()["concurrency"] == ["value": "7", "origin": file])
    harness.environment["SEEDBANK_CONCURRENCY"] = "9"
    #expect(
      try await settings()["concurrency"] == [
        "value": "9", "origin": "variable SEEDBANK_CONCURRENCY",
      ])
    #expect(
      try await settings()["library"]
        == ["value": harness.library.path, "origin": "variable SEEDBANK_LIBRARY"])
    #expect(
      try await settings("--library", "/elsewhere")["library"]
        == ["value": "/elsewhere", "origin": "option --library"])
    harness.environment["SEEDBANK_LIBRARY"] = ""
    #expect(
      try await settings()["library"] == [
        "value": harness.folder.path + "/from-file", "origin": file,
      ])
  }

  @Test("defaults for generate may be nested in the file")
  func nested() async throws {
    let file = try harness.write(
      "generate:\n  size: 1280x720\n  guidance_scale: 3\n  watermark: false\n", to: "config.yaml")
    let found = try await settings()
    #expect(found["generate.size"] == ["value": "1280x720", "origin": file])
    #expect(found["generate.guidance_scale"] == ["value": "3.0", "origin": file])
    #expect(found["generate.watermark"] == ["value": "false", "origin": file])
    #expect(found["generate.model"] == ["value": nil, "origin": nil])
  }

  @Test("an excluded word that begins with the letter of an option cancels no setting")
  func excludedWords() async throws {
    let sample = try SampleLibrary(harness)
    for seed in 1...3 { try sample.add("a lake \(seed)", seed: Int64(seed)) }
    harness.environment["SEEDBANK_FORMAT"] = "ids"
    #expect(try await harness.succeed("search", "lake", "-fog").output == "3\n2\n1\n")
    #expect(try await harness.succeed("search", "lake", "-fjsonl").lines[0].hasPrefix("{"))
    harness.environment["SEEDBANK_FORMAT"] = nil
    harness.environment["SEEDBANK_LIMIT"] = "1"
    // The heading of the table is a line too.
    #expect(try await harness.succeed("search", "lake", "-landscape").lines.count == 2)
    #expect(try await harness.succeed("search", "lake", "-l2").lines.count == 3)
  }

  @Test("an empty key is not reported as set", arguments: ["", "\n\n"])
  func emptyKey(text: String) async throws {
    let file = try harness.write(text, to: "key", permissions: 0o600)
    harness.environment["SEEDBANK_API_KEY_FILE"] = file
    let outcome = try await harness.succeed("config", "--format", "json")
    #expect(outcome.output.contains("refused, in \(file)"), "\(outcome)")
    #expect(outcome.talk.contains("empty"), "\(outcome)")
  }

  @Test(
    "an invalid file is reported with status 78, without its content",
    arguments: [
      "gateway: [a", "- 1\n- 2\n", "concurrency: many\n", "concurrency: 65\n", "\tx: 1\n",
    ])
  func wrongFile(content: String) async throws {
    _ = try harness.write(content, to: "config.yaml")
    let outcome = try await harness.run("config")
    #expect(outcome.status == 78, "\(outcome)")
    #expect(outcome.talk.split(separator: "\n").count <= 2)
    #expect(outcome.talk.contains("config.yaml"))
  }

  @Test("a time limit of 0 for replies is refused, because requests would be charged for nothing")
  func noTimeForReplies() async throws {
    _ = try harness.write("submit:\n  timeout: 0\n", to: "config.yaml")
    let outcome = try await harness.run("config")
    #expect(outcome.status == 78, "\(outcome)")
    #expect(outcome.talk.contains("must be a number of seconds from 1"), "\(outcome)")
    let file = try harness.write(
      "submit:\n  timeout: 1\npoll:\n  deadline: 0\n", to: "config.yaml")
    let found = try await settings()
    #expect(found["submit.timeout"] == ["value": "1.0", "origin": file])
    #expect(found["poll.deadline"] == ["value": "0.0", "origin": file])
  }

  @Test(
    "a file with only comments, and a missing file, are valid", arguments: ["# nothing\n\n", ""])
  func emptyFile(content: String) async throws {
    _ = try harness.write(content, to: "config.yaml")
    #expect(try await harness.succeed("config").talk.isEmpty)
  }

  @Test("the key is never printed, only its place")
  func key() async throws {
    let secret = "0123456789abcdef0123456789abcdef"
    let file = try harness.write(secret + "\n", to: "key", permissions: 0o600)
    harness.environment["SEEDBANK_API_KEY_FILE"] = file
    var outcome = try await harness.succeed("config")
    #expect(outcome.output.contains("set, in \(file)"))
    #expect(!outcome.description.contains(secret))
    harness.environment["SEEDBANK_API_KEY"] = secret
    outcome = try await harness.succeed("config")
    #expect(outcome.output.contains("variable SEEDBANK_API_KEY"))
    #expect(!outcome.description.contains(secret))
  }

  @Test("a key file that others can read is refused with the chmod that fixes it")
  func openKeyFile() async throws {
    let file = try harness.write("0123456789abcdef\n", to: "the key", permissions: 0o640)
    harness.environment["SEEDBANK_API_KEY_FILE"] = file
    let outcome = try await harness.run("config")
    #expect(outcome.output.contains("refused"))
    #expect(outcome.talk.contains("chmod 600 '\(file)'"))
  }

  @Test("for a folder as the key file, the error does not advise to change its permissions")
  func folderAsKeyFile() async throws {
    harness.environment["SEEDBANK_API_KEY_FILE"] = harness.folder.path
    let outcome = try await harness.run("config")
    #expect(outcome.talk.contains("is a folder") && !outcome.talk.contains("chmod"), "\(outcome)")
  }

  @Test("a library in the config file is used by every command")
  func libraryFromFile() async throws {
    harness.environment["SEEDBANK_LIBRARY"] = ""
    _ = try harness.write("library: ~/mine\n", to: "config.yaml")
    #expect(try await harness.succeed("init").output.contains(harness.folder.path + "/mine"))
  }
}
