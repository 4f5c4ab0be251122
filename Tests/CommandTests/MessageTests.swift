import FilePaths
import Foundation
import SeedbankStorage
import Testing

@testable import seedbank

@Suite("Numbers and hints of messages")
struct MessageTests {
  @Test("one thing has the singular, and any other number has the plural")
  func numbers() {
    #expect(Count.text(1, "file") == "1 file" && Count.text(0, "file") == "0 files")
    #expect(Count.text(1, "image is", "images are") == "1 image is")
    #expect(Count.text(2, "image is", "images are") == "2 images are")
    #expect(Count.them(1) == "it" && Count.them(2) == "them")
  }

  @Test("a file in place of a folder of the library is not called harmless")
  func fileInPlaceOfFolder() {
    let needed = "the library needs a folder of this name"
    #expect(Fault.foreignFile(path: "incoming").advice.contains(needed))
    #expect(Fault.foreignFile(path: "images/ab/x").advice.contains("harmless"))
    let error = LibraryError.cannotCreate(path: FilePath("library/incoming"), errno: EEXIST)
    #expect(error.explained.hint?.contains("a file has this name") == true)
  }

  @Test("one match of a search is one generation")
  func facets() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a cat")
    let outcome = try await harness.succeed("search", "cat", "--facets")
    #expect(outcome.output.hasPrefix("1 generation\n"), "\(outcome)")
  }

  @Test("a query of a reproduction that matches nothing is reported as a query, with the reason")
  func query() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a cat")
    let outcome = try await harness.run("reproduce", "tag:zzz")
    #expect(outcome.status == 66)
    #expect(outcome.talk.contains("no generation matches 'tag:zzz'\n"), "\(outcome)")
    #expect(outcome.talk.contains("the tag 'zzz' does not exist"), "\(outcome)")
  }

  @Test("a tag in use is never reported as missing, in every form in which a query may name it")
  func tags() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a cat", tags: ["coast", "New York", "client/acme"])
    for words in [
      ["tag:Coast", "is:failed"], ["tag:=Coast", "is:failed"], ["tag:client", "is:failed"],
      [#"tag:"New York""#, "is:failed"], ["tag:coast is:failed"],
    ] {
      let outcome = try await harness.run(["rate"] + words + ["--stars", "3"])
      #expect(outcome.status == 66 && outcome.talk.contains("no generation matches"), "\(outcome)")
      #expect(!outcome.talk.contains("does not exist"), "\(outcome)")
    }
    for (words, name) in [("tag:cost is:failed", "cost"), ("tag:=clint/acme cat", "clint/acme")] {
      let outcome = try await harness.run("rate", words, "--stars", "3")
      #expect(outcome.talk.contains("the tag '\(name)' does not exist; did you"), "\(outcome)")
    }
  }

  @Test("the hint for a complete generation without an image does not suggest a download")
  func withoutImage() async throws {
    let harness = try Harness()
    try SampleLibrary(harness).add("a cat")
    let outcome = try await harness.run("open", "1")
    #expect(outcome.status == 66)
    #expect(outcome.talk.contains("generation 1 has no image\n"), "\(outcome)")
    #expect(outcome.talk.contains("`seedbank show 1` shows why"), "\(outcome)")
  }
}
