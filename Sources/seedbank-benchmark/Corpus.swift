import SeedbankModel
import SeedbankStorage

/// An artificial library, which is the same in every run for a given size.
///
/// The frequencies of words follow Zipf's law. Prompts come in sessions: each prompt is the
/// previous one with one word or only the seed changed. One prompt in twenty is Chinese or
/// Japanese, and one in twenty has accents.
struct Corpus {
  /// A word in about half of all prompts.
  static let commonWord = "light"
  /// A word in about one of two thousand prompts.
  static let rareWord = "word4000"
  static let commonTag = "tag1"

  private var random = SplitMix(state: 20_261_123)
  private let words = Zipf(count: 30_000, exponent: 1.02)
  private let tags = Zipf(count: 300, exponent: 1.0)
  private var number = 0
  private var session: [String] = []
  private var left = 0
  private var sessionTags: [TagName] = []

  private static let start: Int64 = 1_700_000_000_000
  private static let models = [
    "seedream-3-0-t2i-250415", "seedream-3-0-t2i-250415", "seedream-4-0-250828", "seedream-4-5",
  ]
  private static let sizes = ["1024x1024", "1152x864", "864x1152", "1280x720", "2048x2048"]
  private static let ideographs = Array("猫犬山水花鳥風月光影街夜朝海空雪雨春夏秋冬人女男子家道車船")

  /// Returns the next generation of the corpus.
  mutating func next() -> GenerationRecord {
    if left == 0 { begin() }
    left -= 1
    number += 1
    if number % 3 == 0, session.count > 2 {
      session[Int(random.next() % UInt64(session.count))] = word()
    }
    let time = Timestamp(milliseconds: Self.start + Int64(number) * 60_000)
    let size = Self.sizes[Int(random.next() % UInt64(Self.sizes.count))]
    let sides = size.split(separator: "x").compactMap { Int($0) }
    var record = GenerationRecord(prompt: session.joined(separator: " "))
    record.uid = UID(at: time, using: &random)
    record.status = .complete
    record.createdAt = time
    record.completedAt = time
    record.tags = sessionTags
    record.parameters = Parameters(
      model: Self.models[Int(random.next() % UInt64(Self.models.count))], size: size,
      width: sides.first, height: sides.last, seed: ImageSeed(random.next() % 2_147_483_648),
      guidanceScale: Double(number % 8) / 2 + 1)
    let dice = random.next() % 100
    if dice < 20 { record.rating = Int(dice % 5) + 1 }
    if dice >= 97 { record.note = "keep this \(word()) for later" }
    record.isFavorite = dice < 3
    return record
  }

  private mutating func begin() {
    left = Int(random.next() % 12) + 1
    let length = Int(random.next() % 18) + 8
    session = (0..<length).map { _ in word() }
    let kind = random.next() % 20
    if kind == 0 { session.append(ideographs()) }
    if kind == 1 { session.append("café crème brûlée") }
    let count = Int(random.next() % 4)
    sessionTags = Set((0..<count).map { _ in tags.draw(&random) }).sorted().compactMap { rank in
      TagName(rank % 7 == 3 ? "client/tag\(rank)" : "tag\(rank)")
    }
  }

  private mutating func word() -> String {
    let rank = words.draw(&random)
    return rank < Self.common.count ? Self.common[rank] : "word\(rank)"
  }

  private static let common = [
    "a", "of", commonWord, "in", "the", "with", "cat", "portrait", "style", "photo", "color",
    "city",
  ]

  private mutating func ideographs() -> String {
    let count = Int(random.next() % 12) + 2
    return String(
      (0..<count).map { _ in Self.ideographs[Int(random.next() % UInt64(Self.ideographs.count))] })
  }
}

/// Random ranks from 0, with the frequencies of Zipf's law.
struct Zipf {
  private let sums: [Double]

  init(count: Int, exponent: Double) {
    var sum = 0.0
    var sums: [Double] = []
    for rank in 1...count {
      sum += 1 / power(Double(rank), exponent)
      sums.append(sum)
    }
    self.sums = sums
  }

  func draw(_ random: inout SplitMix) -> Int {
    let target = Double(random.next() >> 11) / 9_007_199_254_740_992 * sums[sums.count - 1]
    var (low, high) = (0, sums.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] < target { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// The SplitMix64 generator.
///
/// It is described by Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
/// 2014.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
