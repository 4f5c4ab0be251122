import FilePaths
import SeedbankModel
import SeedbankQuery
import TestRandomness
import Testing

@testable import SeedbankStorage

@Suite("Meaning of the arguments of a command") struct SelectionTests {
  private func references(
    _ arguments: [String], _ number: Selection.Number = .reference
  ) -> [String]? {
    guard
      case .references(let terms) = Selection(
        arguments, number: number, isPicture: { $0 == "a b.png" })
    else { return nil }
    return terms.map { term in
      switch term {
      case .one(.id(let id, let image), _): image.map { "\(id).\($0)" } ?? "\(id)"
      case .one(.last(let back), _): "last-\(back)"
      case .one(.digest(let digits), _): "digest-\(digits)"
      case .one(.uid(let digits), _): "uid-\(digits)"
      case .one(.file(let path), _): "file-\(path)"
      case .range(let ids, _): ids.upperBound == .max ? "\(ids.lowerBound).." : "\(ids)"
      }
    }
  }

  @Test(
    "arguments that are all references are references, in the order named",
    arguments: [
      (["31"], ["31"]), (["31", "27"], ["31", "27"]), (["31,27"], ["31", "27"]),
      (["31,", "27"], ["31", "27"]), (["31\n27\n5\n"], ["31", "27", "5"]), (["#31"], ["31"]),
      (["#31,#27,@last~3"], ["31", "27", "last-3"]), (["5..12"], ["5...12"]),
      (["#5..#12", "@last"], ["5...12", "last-0"]), (["12..5"], ["5...12"]), (["5.."], ["5.."]),
      (["..12"], ["1...12"]), (["id:31"], ["31"]), (["id:31,27"], ["31", "27"]),
      (["id:5..12"], ["5...12"]), (["id:1.."], ["1.."]), (["1234.2"], ["1234.2"]),
      (["sha256:ABCD"], ["digest-abcd"]), (["0193abcd-1234"], ["uid-0193abcd1234"]),
      (["a b.png", "7"], ["file-a b.png", "7"]),
    ])
  func named(typed: [String], read: [String]) {
    #expect(references(typed) == read)
  }

  @Test(
    "any other word makes all of them a query",
    arguments: [
      ["31", "cat"], ["cat"], ["\"5\""], ["text:5"], ["31", "tag:coast"], ["id:>=5"], ["5,000"],
      ["tag:draft", "#31"], ["fabaceae"], ["-31"], [""], [], [","], [".."], ["5-12"], ["@first"],
      ["id:"], ["31", "OR", "27"], ["b.png"], ["0031"],
    ])
  func query(typed: [String]) {
    #expect(references(typed) == nil)
    #expect(Selection(typed, number: .reference) == .query(typed))
  }

  @Test(
    "if a number is a word, only marked numbers, lists and ranges are references",
    arguments: [
      (["31"], nil), (["31", "27"], nil), (["31.2"], nil), (["20240101"], nil), (["id:31"], nil),
      (["sha256:abcd"], nil), (["#31"], ["31"]), (["31,27"], ["31", "27"]),
      (["5..12"], ["5...12"]), (["@last"], ["last-0"]), (["#31", "5"], nil),
      (["0193abcd-1234"], ["uid-0193abcd1234"]),
    ] as [([String], [String]?)])
  func words(typed: [String], read: [String]?) {
    #expect(references(typed, .word) == read)
  }

  @Test("ids written in any of their forms are read back, drawn at random", arguments: 1...4)
  func roundTrip(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    for _ in 0..<200 {
      let ids = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        Int64.random(in: 1...1_000_000, using: &random)
      }
      let words = ids.map { id in
        ["\(id)", "#\(id)", "id:\(id)"].randomElement(using: &random) ?? ""
      }
      let list = ids.map { "#\($0)" }.joined(separator: ",")
      for typed in [words, [words.joined(separator: "\n")], [list]] {
        #expect(references(typed) == ids.map(String.init), "\(typed)")
      }
    }
  }

  @Test("plain numbers are distinguished from references")
  func bareNumbers() {
    let numbers = Selection.bareNumbers(in: ["31 cat", "#27", "id:5", "5", "0042", "7.2"])
    #expect(numbers == [GenerationID(31), GenerationID(5)])
  }
}
