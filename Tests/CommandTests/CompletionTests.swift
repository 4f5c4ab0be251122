import Foundation
import SeedbankModel
import SeedbankQuery
import Testing

@testable import seedbank

@Suite("Completions")
struct CompletionTests {
  @Test("every field of the query language is offered")
  func everyField() throws {
    let request = try #require(
      CompletionRequest([CompletionScript.request, "zsh", "search", ""]))
    let answer = try CompletionEngine(request, CommandDump.ofThisProgram().command).answer
    let offered = Set(answer.split(separator: "\n").map(String.init))
    for field in QueryField.all {
      #expect(offered.contains("\(field.name):"), "\(field.name)")
    }
  }

  @Test("an unfinished line is split into words as in the shell")
  func lines() {
    func words(_ line: String) -> [String] { TypedLine(line).words.map(\.text) }
    #expect(words("seedbank search ") == ["seedbank", "search", ""])
    #expect(words("seedbank search 'tag:New Y") == ["seedbank", "search", "tag:New Y"])
    #expect(words(#"seedbank tag x --add New\ Y"#) == ["seedbank", "tag", "x", "--add", "New Y"])
    #expect(TypedLine("a 'b").words.last?.quote == "'")
    // A quote with a combining mark is one Character, but ends the quoted text.
    #expect(words("seedbank 'a b'\u{301} c") == ["seedbank", "a b\u{301}", "c"])
    #expect(ShellWords.split("less 'a b'\u{301} c") == ["less", "a b\u{301}", "c"])
  }

  @Test("bash reads a completed name as one word", arguments: ["", "'", "\""])
  func wordsOfBash(quote: String) async throws {
    let harness = try Harness()
    let names = [
      "a'\u{301}; touch made; echo '\u{301}", ";\u{301}x", "`\u{301}touch made`", "$(touch made)",
      "$\u{200D}(touch made)", "a\"\u{301}; touch made; echo \"b", "a \\\u{301} b\\",
      ">\u{338}made", "a'b\"c",
    ]
    let request = try #require(
      CompletionRequest([CompletionScript.request, "bash", "seedbank search \(quote)", ":="]))
    for name in names {
      let typed = quote + request.written(name) + quote
      let outcome = try await harness.shell("printf %s \(typed)")
      #expect(outcome.output.utf8.elementsEqual(name.utf8), "\(typed)")
    }
    #expect(!FileManager.default.fileExists(atPath: harness.folder.path + "/made"))
  }

  @Test("bash replaces only what follows the last break in the word")
  func breaks() throws {
    let request = try #require(
      CompletionRequest([CompletionScript.request, "bash", "seedbank search tag:a:b", ":="]))
    #expect(request.written("tag:a:b'c") == #"b\'c"#)
    let marked = try #require(
      CompletionRequest([CompletionScript.request, "bash", "seedbank search tag:\u{301}", ":="]))
    #expect(marked.written("tag:\u{301}b").utf8.elementsEqual("\u{301}b".utf8))
  }

  private func sample() throws -> Harness {
    let harness = try Harness()
    let sample = try SampleLibrary(harness)
    try sample.add("x", tags: ["client/acme", "artist:monet", "New York", "portrait"])
    return harness
  }

  /// Returns the completions that a shell offers for each line, with as much of the shell's own
  /// completion code as a script can run.
  private func completions(_ shell: String, _ lines: [String]) async throws -> [[String]] {
    let harness = try sample()
    harness.environment["PATH"] =
      try Binary.seedbank().deletingLastPathComponent().path + ":/usr/bin:/bin"
    let script: String
    switch shell {
    case "bash":
      script =
        "source <(seedbank --generate-completion-script bash)\ncompopt() { :; }\n"
        + lines.map { line in
          """
          COMP_LINE=$'\(line.replacing("'", with: "\\'"))'; COMP_POINT=${#COMP_LINE}
          COMP_WORDS=(seedbank); current=${COMP_LINE##*[ :=]}; COMPREPLY=()
          _seedbank seedbank "$current" ''; printf '%s\\n' "${COMPREPLY[@]}" ==
          """
        }.joined(separator: "\n")
    case "zsh":
      script =
        "compdef() { :; }; compadd() { while [[ $1 != -a ]]; do shift; done; print -rl -- \"${(@P)2}\"; }\n"
        + "_files() { print -r -- FILES $@; }\n"
        + "source <(seedbank --generate-completion-script zsh)\n"
        + lines.map { line in
          """
          line=$'\(line.replacing("'", with: "\\'"))'; words=("${(@z)line}")
          [[ $line == *' ' ]] && words+=('')
          CURRENT=${#words}; _seedbank; print -r -- '=='
          """
        }.joined(separator: "\n")
    default:
      script =
        "seedbank --generate-completion-script fish | source\n"
        + lines.map { "complete -C \"\($0)\"; echo '=='" }.joined(separator: "\n")
    }
    let file = try harness.write(script, to: "script")
    let options = shell == "zsh" ? "-f" : shell == "fish" ? "--no-config" : "--norc"
    let outcome = try await harness.shell("\(shell) \(options) \(file)")
    #expect(outcome.talk.isEmpty, "\(outcome)")
    return outcome.output.split(separator: "==\n", omittingEmptySubsequences: false).dropLast().map
    {
      $0.split(separator: "\n").map(String.init)
    }
  }

  @Test(
    "commands, options, tags and models are completed in every shell",
    arguments: ["bash", "zsh", "fish"])
  func shells(shell: String) async throws {
    let found = try await completions(
      shell,
      [
        "seedbank sea", "seedbank search tag:cl", "seedbank search tag:New",
        "seedbank search tag:artist:m",
        "seedbank tag x --add Ne", "seedbank generate x --model ", "seedbank help pro",
        "seedbank reproduce 1 --set wat", "seedbank search --facets --fac", "seedbank init --gen",
      ])
    try #require(found.count == 10, "\(found)")
    #expect(found[0] == ["search"])
    let isBash = shell == "bash"
    #expect(found[1].contains(isBash ? "client/acme" : "tag:client/acme"), "\(found[1])")
    #expect(found[2].contains(isBash ? #"\"New\ York\""# : #"tag:"New York""#), "\(found[2])")
    #expect(found[3].contains(isBash ? "monet" : "tag:artist:monet"), "\(found[3])")
    #expect(found[4].contains(isBash ? #"New\ York"# : "New York"), "\(found[4])")
    #expect(found[5].first == "seedream-3-0-t2i-250415", "\(found[5])")
    #expect(Set(found[6]) == ["prompts", "prompts-file", "providers"], "\(found[6])")
    #expect(found[7] == ["watermark="], "\(found[7])")
    // An option that the line already has is not offered, and neither is an option that help does
    // not list.
    #expect(found[8].isEmpty && found[9].isEmpty, "\(found[8]) \(found[9])")
  }

  @Test("a name is completed as a query that matches only this name")
  func names() throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("x", tags: ["=q", "a*", "a\"b"])
    let request = try #require(
      CompletionRequest([
        CompletionScript.request, "zsh", "search", "--library", harness.library.path, "tag:",
      ]))
    let answer = try CompletionEngine(request, CommandDump.ofThisProgram().command).answer
    #expect(
      Set(answer.split(separator: "\n").dropFirst())
        == [#"tag:"=q""#, #"tag:a\*"#, #"tag:"a""b""#])
  }

  @Test("without the name of a shell, the script is that of the user's shell, never the parser's")
  func shellWithoutName() async throws {
    let harness = try Harness()
    let scripts: [(String, CompletionScript)] = [("/usr/bin/zsh", .zsh), ("/bin/bash", .bash)]
    for (shell, script) in scripts {
      harness.environment["SHELL"] = shell
      let outcome = try await harness.succeed(CompletionScript.option)
      #expect(outcome.output == script.text, "\(outcome)")
    }
    let refused: [(String, [String])] = [("/bin/dash", []), ("", []), ("/bin/bash", ["tcsh"])]
    for (shell, arguments) in refused {
      harness.environment["SHELL"] = shell
      let outcome = try await harness.run([CompletionScript.option] + arguments)
      #expect(outcome.status == 64 && outcome.output.isEmpty, "\(outcome)")
      #expect(outcome.talk.contains("hint: "), "\(outcome)")
    }
  }

  @Test("only what help lists is offered, for every command")
  func listed() throws {
    let root = try CommandDump.ofThisProgram().command
    for command in root.leaves {
      let words = command.path.split(separator: " ").dropFirst().map(String.init)
      let request = try #require(
        CompletionRequest([CompletionScript.request, "zsh"] + words + ["--"]))
      let offered = CompletionEngine(request, root).answer.split(separator: "\n").dropFirst()
      let names = command.shownArguments.flatMap { ($0.names ?? []).map(\.typed) }
      #expect(
        Set(offered.map(String.init)) == Set(names.filter { $0.hasPrefix("--") }), "\(command.path)"
      )
    }
  }

  @Test(
    "only folders are offered for an argument that is a folder, and files for one that is a file")
  func paths() throws {
    let root = try CommandDump.ofThisProgram().command
    func kind(_ words: String...) -> String? {
      CompletionRequest([CompletionScript.request, "zsh"] + words)
        .map {
          CompletionEngine($0, root).answer.split(separator: "\n").first.map(String.init) ?? ""
        }
    }
    #expect(kind("export", "x", "--to", "") == "folders")
    #expect(kind("search", "--library", "") == "folders")
    #expect(kind("generate", "--from", "") == "files")
    #expect(kind("search", "") == "words")
  }
}
