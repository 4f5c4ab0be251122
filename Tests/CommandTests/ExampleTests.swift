import Foundation
import SeedbankModel
import SeedbankStorage
import TestRandomness
import Testing

@testable import seedbank

@Suite("Examples in help, manual pages and documents")
struct ExampleTests {
  /// Returns the examples in help, which are also in the manual and in docs/cli.md, and the
  /// examples in the other pages.
  private func examples() throws -> [String] {
    let root = try CommandDump.ofThisProgram().command
    var lines = CommandText(root.discussion).examples.filter { $0.hasPrefix("seedbank ") }
    for command in root.leaves { lines += CommandText(command.discussion).examples }
    for topic in HelpTopic.allCases { lines += Self.fenced(topic.markdown) }
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let docs = folder.appendingPathComponent("docs")
    let pages = try FileManager.default.contentsOfDirectory(atPath: docs.path)
      // cli.md is generated from help. Its code blocks also contain synopses, which cannot be run.
      .filter { $0.hasSuffix(".md") && $0 != "cli.md" }.sorted().map(docs.appendingPathComponent)
    for page in [folder.appendingPathComponent("README.md")] + pages {
      lines += Self.fenced(try String(contentsOf: page, encoding: .utf8))
    }
    // Examples that run until they are stopped, or need a service on the internet, are not run
    // here.
    let excluded = ["--watch", "seedbank serve", "seedbank clone s3:"]
    var seen: Set<String> = []
    return lines.filter { line in
      seen.insert(line).inserted && !excluded.contains { line.contains($0) }
    }
  }

  /// Returns the lines of fenced code blocks that call the program.
  private static func fenced(_ markdown: String) -> [String] {
    var isFenced = false
    return markdown.split(separator: "\n").compactMap { line in
      if line.hasPrefix("```") {
        isFenced.toggle()
        return nil
      }
      return isFenced && line.hasPrefix("seedbank ") ? String(line) : nil
    }
  }

  private func prepare(_ bench: SyncHarness) throws {
    let harness = bench.harness
    let sample = try SampleLibrary(harness)
    var drafts: [GenerationDraft] = []
    for number in 1...1240 {
      let time = Timestamp(seconds: 1_793_000_000 + Double(number))
      var random = SeededGenerator(seed: UInt64(number))
      var draft = GenerationDraft(
        uid: UID(at: time, using: &random), prompt: "a pier at dusk \(number)",
        parameters: Parameters(
          model: "seedream-3-0-t2i-250415", size: "512x512", width: 512, height: 512,
          seed: ImageSeed(Int64(number))),
        createdAt: time, status: .complete, tags: [])
      draft.completedAt = time
      drafts.append(draft)
    }
    _ = try sample.library.record(drafts)
    try sample.add("a lighthouse and a cat", tags: ["coast", "client/acme"], shade: 1) {
      $0.parameters.size = "512x512"
      ($0.parameters.width, $0.parameters.height) = (512, 512)
    }
    for file in [
      "Downloads/picture.jpg", "Downloads/picture.webp", "stable-diffusion/outputs/a.png",
      "pictures/b.png", "gallery/c.png",
    ] {
      let path = harness.folder.appendingPathComponent(file)
      try FileManager.default.createDirectory(
        at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(SampleLibrary.picture(1)).write(to: path)
    }
    _ = try harness.write("prompt,tags\na harbour,coast\n", to: "prompts.csv")
    _ = try harness.write("a harbour\n", to: "prompts.txt")
    _ = try harness.write(#"{"prompt":"a harbour"}"# + "\n", to: "library.jsonl")
    _ = try harness.write("a note\n", to: "note.txt")
  }

  /// Runs each line in a separate folder with a copy of the library.
  private static let runner = """
    export HOME=$PWD EDITOR=true VISUAL=true SEEDBANK_VIEWER=true
    PATH="$(dirname "$SEEDBANK"):$PATH"
    base=$PWD
    pass() { echo "$SEEDBANK_API_KEY"; }
    echo "$SEEDBANK_API_KEY" >key.txt
    zstdcat() { cat library.jsonl; }
    xargs() { command xargs -r "$@"; }
    export SEEDBANK_LIBRARY=$base/run/library
    mkdir -p "$base/team"
    seedbank --library "$base/library" remote add team "file://$base/team" >"$base/out" 2>&1
    seedbank --library "$base/library" push >>"$base/out" 2>&1 || cat "$base/out"
    example() {
      line=$(cat)
      rm -rf "$base/run" "$base/.config"
      mkdir -p "$base/run/media/usb" "$base/run/media/photos"
      cp -r "$base/library" "$base/run/library"
      cp "$base"/prompts.* "$base/library.jsonl" "$base/note.txt" "$base/run"
      cp -r "$base/gallery" "$base/run"
      case $line in
      *"remote add team"*) seedbank remote remove team >"$base/out" 2>&1 ;;
      *"clone file:"*)
        rm -r "$base/run/library"
        mkdir "$base/run/media/nas"
        cp -r "$base/team" "$base/run/media/nas/seedbank" ;;
      esac
      (cd "$base/run" && eval "$line") <"$base/key.txt" >"$base/out" 2>&1
      state=$?
      echo "$state:$(ls -A "$base/run" | grep '^[=0-9]' | tr '\\n' ' '):$line"
      case $state in 0|66|69|75) ;; *) sed 's/^/  | /' "$base/out" | head -4 ;; esac
    }

    """

  /// Returns the line with the paths of other disks replaced by folders beside the library.
  private static func inTheFolder(_ line: String) -> String {
    line.replacing("/media/", with: "media/").replacing("file://media/", with: "file://$PWD/media/")
  }

  @Test("run unchanged in bash and in zsh", arguments: ["bash", "zsh"])
  func run(shell: String) async throws {
    let examples = try examples()
    #expect(examples.count > 80)
    try await SyncHarness.with { bench in
      try prepare(bench)
      let body = examples.map {
        "example <<'END'\n\(Self.inTheFolder($0))\nEND\n"
      }
      let setup = shell == "zsh" ? "setopt nonomatch\n" : ""
      // A pattern in the test's own script may match no file; a pattern in an example must match
      // one.
      let runner = Self.runner.replacing(
        "eval \"$line\"", with: shell == "zsh" ? "setopt nomatch; eval \"$line\"" : "eval \"$line\""
      )
      let file = try bench.harness.write(setup + runner + body.joined(), to: "examples.\(shell)")
      let outcome = try await bench.shell("\(shell) \(shell == "zsh" ? "-f" : "--norc") \(file)")
      var failures: [String] = []
      let lines = outcome.output.split(separator: "\n").map(String.init)
      for (index, line) in lines.enumerated() where !line.hasPrefix("  | ") {
        let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        let isGood = ["0", "66", "69", "75"].contains(String(parts[0])) && parts[1].isEmpty
        if !isGood {
          let reason = lines.dropFirst(index + 1).prefix { $0.hasPrefix("  | ") }
          failures.append(([line] + reason).joined(separator: "\n"))
        }
      }
      #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
      #expect(lines.count { !$0.hasPrefix("  | ") } == examples.count, "\(outcome.talk)")
    }
  }

  @Test("no example of a query contains a special character of a shell")
  func quoting() throws {
    for line in try examples() where line.hasPrefix("seedbank ") {
      let plain = line.replacing(/'[^']*'|"[^"]*"/, with: "")
      #expect(!plain.contains(/:>|:</), "\(line)")
    }
  }
}
