import Foundation
import SeedbankImaging
import SeedbankModel
import Testing

/// Tests of an image file as a REF: found by its digest, by its embedded record, by its appearance,
/// or not found.
@Suite("an image file as a reference")
struct PictureReferenceTests {
  let harness: Harness

  init() throws {
    harness = try Harness()
    let sample = try SampleLibrary(harness)
    for (prompt, shade) in [("a lighthouse", 3), ("a windmill", 90)] as [(String, UInt8)] {
      try sample.add(prompt, seed: Int64(shade), shade: shade) {
        $0.gateway = "http://127.0.0.1:1"
        $0.requestBody = Array("{\"prompt\":\"\(prompt)\",\"seed\":\(shade)}".utf8)
      }
    }
  }

  private func write(_ bytes: [UInt8], _ name: String) throws {
    try Data(bytes).write(to: harness.folder.appendingPathComponent(name))
  }

  /// Returns the exported file of a generation; its bytes differ from the original because it
  /// contains the record.
  private func exported(_ id: Int) async throws -> [UInt8] {
    try await harness.succeed("export", "id:\(id)", "--to", "out-\(id)", "--no-gallery")
    let files = try FileManager.default.contentsOfDirectory(
      atPath: harness.folder.appendingPathComponent("out-\(id)").path)
    let name = try #require(files.first { $0.hasSuffix(".png") })
    return Array(
      try Data(contentsOf: harness.folder.appendingPathComponent("out-\(id)/\(name)")))
  }

  /// Returns files of the same image with other pixels and other bytes, as other programs would
  /// write them.
  private func variants() throws -> [String: [UInt8]] {
    let pixels = try Picture.decode(SampleLibrary.picture(3)).upright
    return [
      "recompressed.jpg": try pixels.encoded(as: .jpeg(quality: 85)),
      "format.webp": try pixels.encoded(as: .webp(quality: 80)),
      "larger.png": try pixels.resized(toWidth: 160, height: 160).encoded(as: .png()),
      "smaller.jpg": try pixels.resized(toWidth: 48, height: 48).encoded(as: .jpeg(quality: 90)),
    ]
  }

  @Test("is recognized by its bytes under any name, without a note")
  func digest() async throws {
    try write(SampleLibrary.picture(3), "renamed")
    let outcome = try await harness.succeed("show", "./renamed", "--as", "prompt")
    #expect(outcome.output == "a lighthouse\n")
    #expect(outcome.talk.isEmpty)
  }

  @Test("is recognized by its embedded record if its bytes differ, with a note")
  func record() async throws {
    try await write(exported(1), "sent.png")
    let outcome = try await harness.succeed("show", "sent.png", "--as", "prompt")
    #expect(outcome.output == "a lighthouse\n")
    #expect(outcome.talk.contains("sent.png is 1.1, by its embedded metadata"))
  }

  @Test("is recognized by its record before its appearance, and a different appearance is reported")
  func recordOfAnotherPicture() async throws {
    // The file has the windmill's pixels and the lighthouse's record, as if somebody had painted
    // over an export.
    let metadata = try await MetadataDocument(exported(1)).metadata
    let record = try #require(metadata.xmpPacket.record)
    let other = try SampleLibrary.picture(90)
    let copies = ProvenanceCopies(parameters: nil, xmp: XMPPacket(record: record))
    try write(MetadataDocument(other).embedding(copies).applied(to: other), "painted.png")
    let outcome = try await harness.succeed("show", "painted.png", "--as", "prompt")
    #expect(outcome.output == "a lighthouse\n")
    #expect(outcome.talk.contains("but it looks different"), "\(outcome)")
  }

  @Test("is recognized by its appearance when resized, recompressed or converted, with a note")
  func looks() async throws {
    for (name, bytes) in try variants() {
      try write(bytes, name)
      let outcome = try await harness.succeed("show", name, "--as", "prompt")
      #expect(outcome.output == "a lighthouse\n", "\(name)")
      #expect(outcome.talk.contains("\(name) looks like 1.1"), "\(outcome)")
    }
  }

  @Test("selects its generation in every command with a REF")
  func everywhere() async throws {
    try await write(exported(1), "record.png")
    for (name, bytes) in try variants() where name == "format.webp" { try write(bytes, name) }
    try write(SampleLibrary.picture(3), "bytes.png")
    harness.environment["SEEDBANK_VIEWER"] = "true"
    for name in ["bytes.png", "record.png", "format.webp"] {
      try await harness.succeed("note", name, "written through \(name)")
      #expect(try await harness.succeed("show", "1").output.contains("written through \(name)"))
      try await harness.succeed("open", name)
      #expect(try await harness.succeed("diff", name, "2").output.contains("windmill"))
      let dry = try await harness.succeed("reproduce", name, "--dry-run")
      #expect(dry.output == "{\"prompt\":\"a lighthouse\",\"seed\":3}\n")
      #expect(
        try await harness.succeed("sync", name, "--dry-run").output == "There is nothing to do.\n")
      #expect(
        try await harness.succeed("search", "similar:\(name)", "--format", "ids").output == "1\n")
      let verdict = try await harness.succeed("compare", "1", name).output
      #expect(verdict.contains("1 and \(name): "), "\(verdict)")
    }
    let digest = try await harness.succeed("show", "1", "--format", "json").output
      .firstMatch(of: /"sha256":"([0-9a-f]{12})/).map { String($0.1) }
    try SampleLibrary(harness).add("a child", seed: 1) { $0.parent = GenerationID(1) }
    for reference in [
      "1", "1.1", "@last~2", "sha256:\(try #require(digest))", "bytes.png", "record.png",
      "format.webp",
    ] {
      for (field, id) in [("similar", "1\n"), ("parent", "3\n")] {
        #expect(
          try await harness.succeed("search", "\(field):\(reference)", "--format", "ids").output
            == id,
          "\(field):\(reference)")
      }
    }
  }

  @Test(
    "an unknown image ends with 66 and a damaged file with 65, in every command",
    arguments: [66, 65])
  func wrong(status: Int32) async throws {
    let stranger = try SampleLibrary.picture(200)
    try write(status == 66 ? stranger : Array(stranger.dropLast(20)), "wrong.png")
    for command in [
      ["show", "wrong.png"], ["note", "wrong.png", "x"], ["open", "wrong.png"],
      ["diff", "1", "wrong.png"], ["reproduce", "wrong.png", "--dry-run"],
      ["sync", "wrong.png", "--dry-run"],
    ] {
      let outcome = try await harness.run(command)
      #expect(outcome.status == status, "\(outcome)")
      #expect(outcome.talk.contains("wrong.png"), "\(outcome)")
    }
    #expect(try await harness.run("compare", "1", "wrong.png").status == (status == 66 ? 0 : 65))
    let similar = try await harness.run("search", "similar:wrong.png", "--format", "ids")
    #expect(similar.status == (status == 66 ? 0 : 65) && similar.output.isEmpty)
  }

  @Test("an image that was reproduced with the same bytes is the original, by every name")
  func originals() async throws {
    let sample = try SampleLibrary(harness)
    for seed in [7, 8] as [Int64] {
      try sample.add("a lighthouse, once more", seed: seed, at: "2026-11-06T08:04:59Z", shade: 3) {
        $0.parent = GenerationID(1)
      }
    }
    try write(SampleLibrary.picture(3), "bytes.png")
    for (name, bytes) in try variants() where name == "format.webp" { try write(bytes, name) }
    let digest = try await harness.succeed("show", "1", "--format", "json").output
      .firstMatch(of: /"sha256":"([0-9a-f]{64})/).map { String($0.1) }
    let names = ["bytes.png", "format.webp", "sha256:\(try #require(digest).prefix(12))"]
    for name in names {
      let outcome = try await harness.succeed("show", name, "--format", "ids")
      #expect(outcome.output == "1\n", "\(outcome)")
      #expect(
        outcome.talk.contains("1.1, the original. The same image file: 3, 4"), "\(outcome)")
      try await harness.succeed("reproduce", name, "--dry-run")
    }
    // The generation is in the trash, so the reference no longer means it.
    try await harness.succeed("delete", "id:1")
    #expect(try await harness.succeed("show", "bytes.png", "--format", "ids").output == "3\n")
  }

  @Test("generations with the same bytes and the same start of the uid count as one")
  func uids() async throws {
    let sample = try SampleLibrary(harness)
    for seed in [70, 71] as [Int64] {
      try sample.add("a cave", seed: seed, at: "2027-01-01T00:00:00Z", shade: 9)
    }
    let uid = try #require(try sample.library.generation(GenerationID(3))).uid.description
    let outcome = try await harness.succeed("show", String(uid.prefix(12)), "--format", "ids")
    #expect(outcome.output == "3\n", "\(outcome)")
    #expect(outcome.talk.contains("The same image file: 4"), "\(outcome)")
    try sample.add("a cave", seed: 72, at: "2027-01-01T00:00:00Z", shade: 10)
    #expect(try await harness.run("show", String(uid.prefix(12))).status == 65)
  }
}
