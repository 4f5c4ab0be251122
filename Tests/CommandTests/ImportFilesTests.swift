import Foundation
import SeedbankImaging
import Testing

@Suite("Files that seedbank import accepts")
struct ImportFilesTests {
  private static func harness() throws -> Harness {
    let harness = try Harness()
    for (seed, name) in ["in/a.png", "in/b.swarmpreview.jpg", "in/drafts/c.png"].enumerated() {
      let file = harness.folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(try SampleLibrary.picture(UInt8(seed + 1))).write(to: file)
    }
    return harness
  }

  @Test("skipped files are counted, and listed with --verbose")
  func leftOut() async throws {
    let harness = try Self.harness()
    let outcome = try await harness.succeed("import", "in", "--exclude", "drafts/", "--verbose")
    #expect(outcome.output.contains("Imported 1 of 1 file."))
    #expect(outcome.output.contains("1 file skipped (thumbnail or cache)."))
    #expect(outcome.output.contains("1 file skipped (excluded by --exclude)."))
    #expect(outcome.talk.contains("b.swarmpreview.jpg: thumbnail or cache"))
    let all = try await harness.succeed("import", "in", "--include-thumbnails")
    #expect(all.output.contains("Imported 2 of 3 files."))
  }

  @Test("the error for a limit names the option that raises it")
  func limits() async throws {
    let harness = try Self.harness()
    let bytes = try await harness.run("import", "in/a.png", "--max-bytes", "10")
    #expect(bytes.status == 65 && bytes.talk.contains("--max-bytes"))
    let pixels = try await harness.run("import", "in/a.png", "--max-pixels", "10")
    #expect(pixels.status == 65 && pixels.talk.contains("--max-pixels"))
    let raised = try await harness.succeed(
      "import", "in/a.png", "--max-bytes", "1G", "--max-pixels", "1G")
    #expect(raised.output.contains("Imported 1 of 1 file."))
  }

  @Test("a pattern that is not valid, and --watch with a dry run, are refused")
  func usage() async throws {
    let harness = try Self.harness()
    #expect(try await harness.run("import", "in", "--exclude", "[a").status == 64)
    #expect(try await harness.run("import", "in", "--watch", "--dry-run").status == 64)
    #expect(try await harness.run("import", "in", "--max-bytes", "many").status == 64)
  }

  @Test("if the library of a format is missing, the file is stored and the package is named")
  func missingLibrary() async throws {
    let harness = try Self.harness()
    let fixtures = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("ImagingTests/Fixtures")
    let picture = fixtures.appendingPathComponent("picture.avif").path
    // A file that is not a shared library has the name of libheif.
    let outcome = try await harness.shell(
      """
      mkdir fake && echo no > fake/libheif.so.1
      LD_LIBRARY_PATH=$PWD/fake $SEEDBANK import '\(picture)'
      """)
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.talk.contains("libheif1"))
    let record = try await harness.succeed("show", "1", "--format", "json")
    #expect(record.output.contains(#""width":0"#))
    _ = try await harness.succeed("check", "--deep", "--repair")
    let known = try await harness.succeed("show", "1", "--format", "json")
    #expect(known.output.contains(#""width":40"#))
  }

  @Test("a watch imports new files, and prints a summary when it is stopped")
  func watch() async throws {
    let harness = try Self.harness()
    let outcome = try await harness.shell(
      """
      mkdir new && mkfifo err
      $SEEDBANK import new --watch >out 2>err &
      watch=$!
      while read -r line; do
        case $line in
          *watching*) cp in/a.png new/ ;;
          *"imported 1 new image"*) kill -TERM $watch ;;
          *"Stopping after the current files."*) echo stopping ;;
          *charged*) echo "nothing is charged here" ;;
        esac
      done <err
      wait $watch
      cat out
      """)
    #expect(outcome.status == 0, "\(outcome)")
    #expect(outcome.output.contains("Imported 1 of 1 file."))
    #expect(outcome.lines.first == "stopping")
    #expect(!outcome.output.contains("charged"))
  }
}
