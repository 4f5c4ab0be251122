import TestRandomness
import Testing

@testable import SeedbankModel
@testable import SeedbankStorage

@Suite("Merging versions with different images") struct JoinedImagesTests {
  /// A version with these images, at the positions from 1.
  private func version(_ names: [String]) -> GenerationRecord {
    var record = GenerationRecord(prompt: "a cat")
    record.images = names.enumerated().map { index, name in
      ImageRecord(
        position: index + 1, digest: Digest(of: name.utf8), path: nil, width: 3, height: 4,
        bytes: 5, format: "png")
    }
    return record
  }

  private func join(_ versions: [GenerationRecord]) -> [ImageRecord] {
    let library = LibraryStanding(id: nil, isInOwnFolder: true)
    let joined = versions.dropFirst().reduce(versions[0]) { $0.joined(with: $1, in: library) }
    return joined.images
  }

  @Test("three versions give the same images at the same positions in every order")
  func everyOrder() {
    for count in 1...4 as ClosedRange<Int> {
      for number in 0..<20 as Range<Int> {
        let versions = ["a", "b", "c"].map { name in
          version((1...count).map { "\(name) \(number) \($0)" })
        }
        let expected = join(versions)
        #expect(expected.map(\.position) == Array(1...(3 * count)))
        #expect(Set(expected.map(\.digest)).count == 3 * count)
        for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
          #expect(join(order.map { versions[$0] }) == expected)
        }
        // What the result contains already changes nothing.
        var result = versions[0]
        result.images = expected
        for part in versions { #expect(join([result, part]) == expected) }
      }
    }
  }

  @Test("an image that earlier merges put at different positions is kept once")
  func onlyOnce() {
    for number in 0..<20 as Range<Int> {
      let names = ["a", "b", "c"].map { "\($0) \(number)" }
      let joined = join([
        version(names), version([names[0], names[2], names[1]]), version([names[1]]),
      ])
      #expect(joined.map(\.position) == [1, 2, 3])
      #expect(Set(joined.map(\.digest)) == Set(version(names).images.map(\.digest)))
    }
  }

  @Test("an image that one reply has twice is kept twice")
  func twice() {
    let pair = version(["a", "a"])
    #expect(join([pair, pair]) == pair.images)
    let digests = join([pair, version(["b", "c"])]).map(\.digest)
    #expect(digests.count == 4 && Set(digests).count == 3)
  }

  @Test("a version without the size of a file gets that of the other one")
  func size() {
    let whole = version(["a"])
    var line = whole
    line.images[0].bytes = 0
    #expect(join([line, whole]) == whole.images)
    #expect(join([whole, line]) == whole.images)
  }

  @Test("a version without the size of a reference image gets that of the other one")
  func referenceSize() {
    func version(bytes: Int64) -> GenerationRecord {
      var record = GenerationRecord(prompt: "a cat")
      record.references = [
        ReferenceImage(
          position: 1, digest: Digest(of: "a".utf8), format: "png", width: 3, height: 4,
          bytes: bytes)
      ]
      return record
    }
    let library = LibraryStanding(id: nil, isInOwnFolder: true)
    for (ours, theirs) in [(0, 5), (5, 0)] as [(Int64, Int64)] {
      let joined = version(bytes: ours).joined(with: version(bytes: theirs), in: library)
      #expect(joined.references.map(\.bytes) == [5])
    }
  }
}
