import SeedbankModel
import SeedbankStorage
import Testing

@testable import seedbank

@Suite("Names of faults in `check --format json`")
struct FaultNameTests {
  @Test("are the documented names, whatever the names in the code")
  func names() throws {
    let digest = Digest(of: [])
    let names: [(Fault, String)] = [
      (.catalogDamaged("x"), "catalog-damaged"),
      (.rowIndexDamaged(table: "x", detail: "x"), "row-index-damaged"),
      (.unusedPages(count: 1), "unused-pages"),
      (.danglingRows(table: "x", count: 1), "dangling-rows"),
      (.logTorn(goodFrames: 1), "log-torn"), (.malformedRow(GenerationID(1)), "malformed-row"),
      (.promptHashWrong(count: 1), "prompt-hash-wrong"),
      (.lateFlagWrong(count: 1), "late-flag-wrong"), (.indexDamaged("x"), "index-damaged"),
      (.fileMissing(path: "x", []), "file-missing"),
      (.fileReturned(path: "x", []), "file-returned"),
      (.fileUnreadable(path: "x"), "file-unreadable"),
      (.wrongLength(path: "x", recorded: 1, found: 2), "wrong-length"),
      (.wrongBytes(path: "x", found: digest), "wrong-bytes"),
      (.undecodable(path: "x", reason: "x"), "undecodable"),
      (.wrongDescription(path: "x", recorded: "x", found: "y"), "wrong-description"),
      (.perceptualHashMissing(path: "x"), "perceptual-hash-missing"),
      (.orphan(path: "x"), "orphan"), (.orphanDownload(path: "x"), "stray-download"),
      (.orphanThumbnail(path: "x"), "stray-thumbnail"), (.foreignFile(path: "x"), "foreign-file"),
    ]
    for (fault, name) in names { #expect(fault.kind == name) }
  }
}
