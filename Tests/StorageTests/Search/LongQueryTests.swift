import Testing

@testable import SeedbankModel
@testable import SeedbankQuery

@Suite("Queries with thousands of conditions") struct LongQueryTests {
  @Test(
    "are answered, though SQLite limits the depth of an expression",
    arguments: [
      ("id:", ",", "", [1, 3]), ("seed:", " OR seed:", "", [1, 3]),
      ("-seed:", " -seed:", "", [2, 4]), ("parent:", " OR parent:", " OR seed:2", [2]),
    ])
  func long(start: String, separator: String, end: String, expected: [Int64]) throws {
    let fixture = try SearchFixture()
    for seed in 1...4 { try fixture.add("cat") { $0.parameters.seed = ImageSeed(Int64(seed)) } }
    let values = [1, 3] + Array(100..<3_100)
    let text = start + values.map(String.init).joined(separator: separator) + end
    #expect(try fixture.find(text).sorted() == expected)
  }
}
