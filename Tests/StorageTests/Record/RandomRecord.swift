import TestRandomness

@testable import SeedbankModel
@testable import SeedbankStorage

extension GenerationRecord {
  /// Returns a record with a random mixture of all values that records can contain.
  static func random(_ random: inout SeededGenerator) -> GenerationRecord {
    var record = GenerationRecord(prompt: random.awkwardText())
    let time = Timestamp(milliseconds: Int64.random(in: 0...4_000_000_000_000, using: &random))
    record.id = random.maybe { GenerationID(Int64.random(in: 1...Int64.max, using: &$0)) }
    record.uid = random.maybe { UID(at: time, using: &$0) }
    record.status = Status.allCases.randomElement(using: &random)
    record.parameters = Parameters(
      model: random.maybe { $0.awkwardText() }, size: random.maybe { _ in "512x512" },
      width: random.maybe { Int.random(in: 1...9999, using: &$0) },
      height: random.maybe { Int.random(in: 1...9999, using: &$0) },
      seed: random.maybe { ImageSeed.random(&$0) },
      guidanceScale: random.maybe { Double.random(in: 1...10, using: &$0) },
      watermark: random.maybe { Bool.random(using: &$0) },
      responseFormat: random.maybe { _ in "url" })
    record.createdAt = random.maybe { _ in time }
    record.completedAt = random.maybe { _ in time }
    record.tags = ["a", "client/acme", "猫"].filter { _ in Bool.random(using: &random) }
      .compactMap { TagName($0) }
    record.rating = random.maybe { Int.random(in: 1...5, using: &$0) }
    record.isFavorite = Bool.random(using: &random)
    record.note = random.maybe { $0.awkwardText() }
    record.parent = random.maybe { GenerationID(Int64.random(in: 1...9, using: &$0)) }
    record.parentUID = random.maybe { UID(at: time, using: &$0) }
    record.parentChange = random.maybe { _ in #"{"seed": 4}"# }
    record.verdict = random.maybe { _ in
      RecordedVerdict(kind: "near-identical", detail: #"{"kind":"near-identical","same_size":1}"#)
    }
    record.jobID = random.maybe { $0.awkwardText() }
    record.failure = random.maybe {
      RecordedFailure(code: $0.awkwardText(), message: $0.awkwardText())
    }
    record.usage = random.maybe { _ in #"{"generated_images":1,"x":[1.5e3,null,"}"]}"# }
    record.images = (0..<Int.random(in: 0...3, using: &random)).map { index in
      ImageRecord(
        position: index + 1, digest: Digest(of: random.bytes(4)), path: random.awkwardText(),
        width: 3, height: 4, bytes: 5, format: "png", isMissing: Bool.random(using: &random))
    }
    record.provider = .random(&random, isArchived: false)
    record.references = (0..<Int.random(in: 0...3, using: &random)).map { index in
      ReferenceImage(
        position: index + 1, role: index == 0 ? .image : .mask, digest: Digest(of: [1, 2]),
        format: "webp", width: 3, height: 4, bytes: 5)
    }
    record.gateway = random.maybe { _ in "https://gateway.example" }
    record.provenance = random.maybe {
      let raw = $0.maybe { $0.bytes(9) }
      return Provenance(tool: "a1111", settings: #"{"steps":20}"#, raw: raw)
    }
    record.trashedAt = random.maybe { _ in time }
    record.archive = random.maybe { .random(&$0, at: time) }
    if record.archive != nil { record.provider = .random(&random, isArchived: true) }
    return record
  }
}

extension RecordedProvider {
  /// Returns a random provider.
  ///
  /// - Parameter isArchived: whether it may contain values that only dumps have.
  static func random(_ random: inout SeededGenerator, isArchived: Bool) -> RecordedProvider {
    var provider = RecordedProvider(
      name: random.maybe { $0.awkwardText() }, endpoint: random.maybe { $0.awkwardText() },
      modelEchoed: random.maybe { $0.awkwardText() },
      seedEchoed: random.maybe { ImageSeed.random(&$0) },
      groupSize: random.maybe { Int.random(in: 1...15, using: &$0) })
    provider.cost = random.maybe { random in
      Cost(
        amount: MoneyAmount(microunits: Int64.random(in: 0...Int64.max, using: &random)),
        currency: "USD", isEstimated: Bool.random(using: &random),
        priceTable: random.maybe { $0.awkwardText() })
    }
    if isArchived {
      provider.clientRequestID = random.maybe { $0.awkwardText() }
      provider.sentDigest = random.maybe { Digest(of: $0.bytes(4)) }
    }
    return provider
  }
}

extension RecordArchive {
  fileprivate static func random(_ random: inout SeededGenerator, at time: Timestamp)
    -> RecordArchive
  {
    var archive = RecordArchive()
    archive.attempts = Int.random(in: 0...3, using: &random)
    archive.requestBody = random.maybe { Array($0.awkwardText().utf8) }
    archive.replyBody = random.maybe { $0.bytes(20) }
    archive.pollBody = random.maybe { $0.bytes(5) }
    archive.events = (0..<Int.random(in: 0...2, using: &random)).map { _ in
      Event(at: time, kind: "queued", detail: random.maybe { $0.awkwardText() })
    }
    archive.collections =
      random.maybe { [ExactText($0.awkwardText()): 7, ExactText("b"): -1] } ?? [:]
    archive.edits = random.maybe { [.rating: time, .collection($0.awkwardText()): time] } ?? [:]
    return archive
  }
}
