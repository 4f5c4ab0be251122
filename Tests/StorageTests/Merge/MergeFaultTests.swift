import Foundation
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

private let noon = Timestamp(milliseconds: 1_800_000_000_000)
private let id = GenerationID(1)
private let reply = Array("{}".utf8)

@Suite("Data that survives an exchange between libraries") struct MergeFaultTests {
  private let left: TemporaryLibrary
  private let right: TemporaryLibrary

  init() throws {
    left = try TemporaryLibrary()
    right = try TemporaryLibrary()
  }

  private func exchange() throws {
    let (fromLeft, fromRight) = (try left.library.dumped(), try right.library.dumped())
    try left.library.restore(fromRight)
    try right.library.restore(fromLeft)
  }

  private func expectEqual(_ place: SourceLocation = #_sourceLocation) throws {
    #expect(try left.library.exchanged() == right.library.exchanged(), sourceLocation: place)
  }

  @Test("a permanent deletion wins against an edit that a fast clock made later")
  func erasureWithSlowClock() throws {
    let ids = try left.library.plant(["cat"])
    try right.library.restore(left.library.dumped())
    // The other library deleted and restored the generation, and its clock is days ahead.
    let ahead = noon.advanced(bySeconds: 5 * 86_400)
    try right.library.edit(.trash, on: ids, by: "bo", at: ahead)
    try right.library.edit(.restore, on: ids, by: "bo", at: ahead)
    try left.library.edit(.trash, on: ids, by: "ana", at: noon)
    try left.library.emptyTrash(at: noon)
    for _ in 1...2 { try exchange() }
    #expect(try left.library.everything().isEmpty)
    #expect(try right.library.trash(limit: 9) == ids)
    try right.library.emptyTrash(at: noon)
    try exchange()
    try expectEqual()
  }

  @Test(
    "a restored erased generation returns in all libraries, also with a slow clock")
  func revival() throws {
    let ids = try left.library.plant(["cat"])
    try right.library.restore(left.library.dumped())
    try left.library.edit(.trash, on: ids, by: "ana", at: noon)
    try left.library.emptyTrash(at: noon)
    try exchange()
    let behind = noon.advanced(bySeconds: -5 * 86_400)
    try right.library.edit(.restore, on: ids, by: "bo", at: behind)
    for _ in 1...2 { try exchange() }
    for side in [left, right] {
      #expect(try side.library.newest(offset: 0) != nil && side.library.trash(limit: 9).isEmpty)
    }
    try expectEqual()
    // The generation can be permanently deleted again, also by a library whose clock is further
    // behind.
    let returned = try #require(try left.library.newest(offset: 0))
    let last = noon.advanced(bySeconds: -9 * 86_400)
    try left.library.edit(.trash, on: [returned], by: "ana", at: last)
    try left.library.emptyTrash(at: last)
    for _ in 1...2 { try exchange() }
    #expect(try left.library.newest(offset: 0) == nil)
    #expect(try right.library.trash(limit: 9) == ids)
  }

  @Test(
    "a generation that the same dump permanently deletes is skipped or added again, in any order")
  func erasureInDump() throws {
    let ids = try left.library.plant(["cat"])
    let uid = try #require(try left.library.generation(ids[0])?.uid)
    let record = try left.library.dumped()
    let erasure = Array(
      """
      {"library_field":"erased/\(uid)","value":true,"edited_at":"2027-06-01T00:00:00.000Z"}

      """.utf8)
    for dump in [record + erasure, erasure + record] {
      let empty = try TemporaryLibrary()
      let skipped = try empty.library.restore(dump)
      #expect(skipped.added == 0 && skipped.leftOut == 1 && skipped.missingImages == 0)
      let other = try TemporaryLibrary()
      for isFirst in [true, false] {
        let report = try other.library.restore(dump, bringingBack: true)
        #expect(report.added == (isFirst ? 1 : 0) && report.trashed == 0)
        #expect(try other.library.newest(offset: 0) != nil)
        #expect(try other.library.trash(limit: 9).isEmpty)
      }
    }
  }

  @Test("an edit after the last time that can be written wins, and its dump can be restored")
  func lastTime() throws {
    let last = "9999-12-31T23:59:59.999Z"
    let (cat, dog) = (
      "01890000-0000-7000-8000-000000000001", "01890000-0000-7000-8000-000000000002"
    )
    for side in [left, right] {
      try side.library.restore(
        """
        {"library_field":"erased/\(dog)","value":true,"edited_at":"\(last)"}
        {"prompt":"a cat","uid":"\(cat)","rating":5,"edits":{"rating":"\(last)"}}
        """)
    }
    try left.library.edit(.rate(2), on: [id], by: "ana", at: noon)
    try left.library.restore(
      Array(#"{"prompt":"a dog","uid":"\#(dog)"}"#.utf8), bringingBack: true)
    try exchange()
    #expect(try right.library.generation(id)?.rating == 2)
    #expect(try right.library.newest(offset: 1) != nil, "the restored dog")
    try expectEqual()
  }

  @Test("the gateway of work that another library continued is the same everywhere")
  func gateway() throws {
    try left.library.queue(1, seed: 1)
    try right.library.restore(left.library.dumped())
    _ = try right.library.adopt(at: noon)
    try right.library.advance(id, .submit(to: "https://other.example"), at: noon)
    try right.library.advance(id, .accepted(jobID: "j", reply: reply), at: noon)
    try exchange()
    try expectEqual()
  }

  @Test("an unknown outcome that comes back does not replace the job of a second try")
  func secondTry() throws {
    try left.library.queue(1, seed: 1)
    try left.library.advance(id, .submit(to: "x"), at: noon)
    try left.library.advance(
      id, .outcomeUnknown(RecordedFailure(code: "c", message: "m"), reply: nil), at: noon)
    try right.library.restore(left.library.dumped())
    _ = try right.library.adopt(at: noon)
    let earlier = noon.advanced(bySeconds: -86_400)
    try right.library.advance(id, .sendAgain, at: earlier)
    try right.library.advance(id, .submit(to: "x"), at: earlier)
    try right.library.advance(id, .accepted(jobID: "second", reply: reply), at: earlier)
    // The first library records other events in the meantime.
    for _ in 1...9 { try left.library.note(event: "note", detail: nil, on: id, at: noon) }
    try exchange()
    #expect(try right.library.generation(id)?.status == .pending)
    for side in [left, right] {
      #expect(try side.library.generation(id)?.jobID == "second")
    }
    try expectEqual()
  }

  @Test("each step back of a generation survives an exchange with its earlier state")
  func stepsBack() throws {
    func check(_ status: Status, _ place: SourceLocation = #_sourceLocation) throws {
      let now = try left.library.dumped()
      try right.library.restore(now)
      try left.library.restore(right.library.dumped())
      #expect(try left.library.generation(id)?.status == status, sourceLocation: place)
      try expectEqual(place)
    }
    try left.library.queue(1, seed: 1)
    let steps: [Transition] = [
      .submit(to: "x"), .notSubmitted(reason: "r"), .submit(to: "x"),
      .outcomeUnknown(RecordedFailure(code: "c", message: "m"), reply: reply), .sendAgain,
      .submit(to: "x"), .accepted(jobID: "j", reply: reply),
      .offeredByPoll(reply: reply, usage: nil),
      .pollAgain(reason: "r"), .offeredByPoll(reply: Array("{} ".utf8), usage: nil),
      .lose(RecordedFailure(code: "c", message: "m")), .fetchAgain, .complete(shortfall: nil),
    ]
    for step in steps {
      try left.library.advance(id, step, at: noon)
      try check(step.target)
    }
  }

  @Test("the replies of an exported generation stay the same after its import elsewhere")
  func importedReply() throws {
    try left.library.queue(1, seed: 1)
    try left.library.advance(id, .submit(to: "x"), at: noon)
    try left.library.advance(id, .offered(reply: reply, jobID: nil, usage: "{}"), at: noon)
    try left.library.add(left.library.plantImage("cat"), to: id)
    try left.library.advance(id, .complete(shortfall: nil), at: noon)
    // Exported files contain no replies.
    let dumped = String(decoding: try left.library.dumped(), as: UTF8.self)
    let exported = dumped.replacing(/"reply_body":"[^"]*",/, with: "")
    #expect(exported != dumped)
    try right.library.restore(exported)
    try exchange()
    #expect(try left.library.recordedReplies(of: id).submit == reply)
    try expectEqual()
  }

  @Test("a list restored elsewhere removes nothing from its original library")
  func list() throws {
    try left.library.queue(2, seed: 1)
    try left.library.advance(GenerationID(2), .submit(to: "x"), at: noon)
    try left.library.advance(
      GenerationID(2), .offered(reply: reply, jobID: nil, usage: nil), at: noon)
    let before = try left.library.exchanged()
    for generation in try left.library.generations([id, GenerationID(2)]) {
      try right.library.restore(GenerationRecord(generation, folder: left.folder).json)
      try right.library.restore(#"{"prompt":"\#(generation.prompt)","uid":"\#(generation.uid)"}"#)
    }
    try exchange()
    #expect(try left.library.exchanged() == before)
  }

  @Test("a job or an image is kept against a later attempt that knows less")
  func knowledge() throws {
    try left.library.queue(1, seed: 1)
    try left.library.advance(id, .submit(to: "x"), at: noon)
    try right.library.restore(left.library.dumped())
    try left.library.advance(id, .accepted(jobID: "first", reply: reply), at: noon)
    _ = try right.library.adopt(at: noon)
    let lost = Transition.outcomeUnknown(RecordedFailure(code: "c", message: "m"), reply: nil)
    for step in [lost, .sendAgain, .submit(to: "x"), lost] {
      try right.library.advance(id, step, at: noon.advanced(bySeconds: 60))
    }
    try exchange()
    #expect(try right.library.generation(id)?.jobID == "first")
    try expectEqual()
    try left.library.add(left.library.plantImage("cat"), to: id)
    try exchange()
    #expect(try right.library.generation(id)?.images.count == 1)
    try expectEqual()
  }

  @Test("two images at one position are both kept")
  func imagesApart() throws {
    try left.library.queue(1, seed: 1)
    try right.library.restore(left.library.dumped())
    _ = try right.library.adopt(at: noon)
    for (side, name) in [(left, "first"), (right, "second")] {
      try side.library.advance(id, .submit(to: "x"), at: noon)
      try side.library.advance(id, .offered(reply: reply, jobID: nil, usage: nil), at: noon)
      try side.library.add(side.library.plantImage(name), to: id)
      try side.library.advance(id, .complete(shortfall: nil), at: noon)
    }
    for _ in 1...2 { try exchange() }
    #expect(try left.library.generation(id)?.images.count == 2)
    try expectEqual()
  }
}
