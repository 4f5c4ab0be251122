import Foundation
import Testing

@Suite("Prompts given to generate")
struct PromptSourceTests {
  /// Returns the prompts in the library, oldest first.
  private func recorded(_ bench: SyncHarness) async throws -> [String] {
    guard FileManager.default.fileExists(atPath: bench.harness.library.path) else { return [] }
    let lines = try await bench.run(
      "search", "--sort", "oldest", "--limit", "0", "--format", "jsonl"
    ).lines
    return try lines.map { line in
      let record = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return record?["prompt"] as? String ?? ""
    }
  }

  @Test("are the elements of a JSON array, and the rows of a table without its header")
  func read() async throws {
    try await SyncHarness.with { bench in
      let file = try bench.harness.write(
        "[\n {\n  \"prompt\": \"a cat\"\n },\n {\n  \"prompt\": \"a dog\"\n }\n]\n", to: "p.json")
      try await bench.succeed("generate", "--from", file, "--no-wait")
      #expect(try await recorded(bench) == ["a cat", "a dog"])
      let piped = try await bench.shell(
        "printf 'prompt\\na bird\\n' | \"$SEEDBANK\" generate --from - --no-wait")
      #expect(piped.status == 0, "\(piped)")
      #expect(try await recorded(bench) == ["a cat", "a dog", "a bird"])
    }
  }

  @Test(
    "are refused with a suggested format if the file is ambiguous",
    arguments: [
      ("p.txt", "[{\"prompt\": \"a cat\"}]", "--from-format json"),
      ("p.txt", "prompt\na cat\n", "--from-format csv"),
      ("p.txt", "prompt\ttags\na cat\tx\n", "--from-format tsv"),
      ("p.csv", "text;style\na cat;oil\n", "name the column of the prompts 'prompt', or use"),
      ("lines.csv", "a lighthouse\na dog\n", "--from-format txt if each line is a prompt"),
      ("p.tsv", "prompt,seed\na cat,1\n", "--from-format csv"),
      ("p.jsonl", "a lighthouse\na dog\n", "--from-format txt if each line is a prompt"),
      ("p", "text\tstyle\na cat\toil\n", "--from-format"), ("p.yaml", "- a cat\n", ".jsonl"),
      ("p", "<html>a cat</html>", "--from-format txt"), ("p.txt", "a cat\0 and more\n", "NUL"),
    ])
  func refused(_ name: String, _ content: String, _ words: String) async throws {
    try await SyncHarness.with { bench in
      let file = try bench.harness.write(content, to: name)
      let outcome = try await bench.run("generate", "--from", file)
      #expect(outcome.status == 65, "\(outcome)")
      #expect(outcome.talk.contains(words), "\(outcome)")
      #expect(try await recorded(bench) == [])
      #expect(await bench.gateway.ledger.connections == 0)
    }
  }

  @Test("may come from a file whose name is not UTF-8")
  func byteName() async throws {
    try await SyncHarness.with { bench in
      let outcome = try await bench.shell(
        #"printf 'prompt\na bird\n' > $'p\xe9.csv' && "$SEEDBANK" generate --from $'p\xe9.csv' --no-wait"#
      )
      #expect(outcome.status == 0, "\(outcome)")
      #expect(try await recorded(bench) == ["a bird"])
    }
  }

  @Test("are refused if an argument is not UTF-8; a typed U+FFFD is not touched")
  func encoding() async throws {
    try await SyncHarness.with { bench in
      let damaged = try await bench.shell("\"$SEEDBANK\" generate $'a caf\\xe9' --no-wait")
      #expect(damaged.status == 65, "\(damaged)")
      #expect(damaged.talk.contains("argument 2 is not valid UTF-8"), "\(damaged)")
      #expect(try await recorded(bench) == [])
      try await bench.succeed("generate", "a \u{FFFD} cat", "--no-wait")
      #expect(try await recorded(bench) == ["a \u{FFFD} cat"])
    }
  }

  @Test("are those that were checked, also if the file changes while the question is asked")
  func changedMeanwhile() async throws {
    try await SyncHarness.with { bench in
      bench.harness.environment["SEEDBANK_CONFIRM_IMAGES"] = "1"
      _ = try bench.harness.write("a cat\na dog\n", to: "p.txt")
      let outcome = try await bench.shell(
        #"""
        coproc ASKED {
          script -qec '"$SEEDBANK" generate --from p.txt --no-wait' /dev/null
          echo "status $?"
        }
        exec 3<&"${ASKED[0]}" 4>&"${ASKED[1]}"
        until [[ $text == *"Generate 2 images"* ]]; do
          IFS= read -r -n 1 -u 3 letter || exit 1
          text+=$letter
        done
        echo "a bird" >> p.txt
        echo y >&4
        cat <&3
        """#)
      #expect(outcome.output.contains("status 0"), "\(outcome)")
      #expect(try await recorded(bench) == ["a cat", "a dog"])
    }
  }

  @Test("need a confirmation at a terminal if they are many, and never in a script")
  func confirmation() async throws {
    try await SyncHarness.with { bench in
      func answering(_ answer: String, _ options: String) async throws -> Harness.Outcome {
        try await bench.shell(
          "printf '\(answer)\\n' | script -qec '\"$SEEDBANK\" generate \"a cat\" --no-wait \(options)' /dev/null"
        )
      }
      let refused = try await answering("n", "--count 21")
      #expect(refused.output.contains("21 images"), "\(refused)")
      #expect(try await recorded(bench).isEmpty)
      for (answer, options, expected) in [
        ("y", "--count 21", 21), ("n", "--count 20", 41), ("n", "--count 21 -y", 62),
        ("n", "--count 21 --yes", 83),
      ] {
        let outcome = try await answering(answer, options)
        #expect(try await recorded(bench).count == expected, "\(outcome)")
      }
      bench.harness.environment["SEEDBANK_CONFIRM_IMAGES"] = "0"
      _ = try await answering("n", "--count 30")
      #expect(try await recorded(bench).count == 113)
      bench.harness.environment["SEEDBANK_CONFIRM_IMAGES"] = "2"
      _ = try await answering("n", "--count 3")
      #expect(try await recorded(bench).count == 113)
      try await bench.succeed("generate", "a cat", "--count", "3", "--no-wait")
      #expect(try await recorded(bench).count == 116)
    }
  }
}
