import TestRandomness

@testable import SeedbankModel
@testable import SeedbankStorage

extension Library {
  /// Restores `count` complete generations without images, a minute apart.
  ///
  /// Every prompt has the word `light` and one of a hundred words such as `word12`; every third has
  /// the tag `tag1`.
  func add(many count: Int) throws {
    var random = SeededGenerator(seed: 1)
    let records = (0..<count).map { number in
      let time = Timestamp(milliseconds: 1_700_000_000_000 + Int64(number) * 60_000)
      var record = GenerationRecord(prompt: "light of word\(number % 100) number \(number / 3)")
      record.uid = UID(at: time, using: &random)
      record.status = .complete
      record.createdAt = time
      record.parameters = Parameters(
        model: "model-\(number % 3)", size: "512x512", width: 512, height: 512,
        seed: ImageSeed(number * 7 % 1_000))
      record.tags = number % 3 == 0 ? [TagName("tag1")].compactMap { $0 } : []
      return record
    }
    try restore(records, at: Timestamp(milliseconds: 1_800_000_000_000))
  }
}
