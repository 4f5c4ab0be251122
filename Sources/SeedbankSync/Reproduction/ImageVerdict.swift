public import SeedbankImaging
package import SeedbankModel

/// The verdict on one image against another, and which two they are.
public struct ImageVerdict: Sendable, Equatable {
  /// The verdict on the two images.
  public let verdict: Verdict
  /// As people name an image: `12` or `12.2`, or a path.
  public let original: String
  /// The reproduction's reference, such as `42` or `42.2`.
  public let reproduction: String

  /// Makes a verdict with the references of its two images.
  public init(_ verdict: Verdict, original: String, reproduction: String) {
    self.verdict = verdict
    self.original = original
    self.reproduction = reproduction
  }

  /// What the catalog stores about the verdicts on the images of one reproduction: the least strict
  /// verdict, and the values of all.
  ///
  /// Nil without verdicts.
  static func recorded(_ verdicts: [ImageVerdict]) -> RecordedVerdict? {
    let kinds = verdicts.map(\.verdict.kind)
    guard let loosest = kinds.max(by: { $0.looseness < $1.looseness }) else { return nil }
    var writer = JSONWriter()
    if verdicts.count == 1 {
      writer.object { verdicts[0].writeNumbers(to: &$0) }
    } else {
      writer.array { list in
        for verdict in verdicts { verdict.write(to: &list) }
      }
    }
    return RecordedVerdict(kind: loosest.rawValue, detail: writer.text)
  }

  /// The whole verdict as one JSON object.
  package func write(to writer: inout JSONWriter) {
    writer.object { object in
      object.key("kind")
      object.value(verdict.kind.rawValue)
      writeNumbers(to: &object)
    }
  }

  private func writeNumbers(to object: inout JSONWriter) {
    func number(_ key: String, _ value: Double?) {
      object.key(key)
      if let value { object.value(Self.rounded(value)) } else { object.null() }
    }
    number("mean_absolute_error", verdict.difference?.meanAbsoluteError)
    number("worst_tile_rmse", verdict.difference?.worstTileError)
    object.key("worst_tile")
    if let tile = verdict.difference?.worstTile {
      object.array {
        $0.value(tile.x)
        $0.value(tile.y)
      }
    } else {
      object.null()
    }
    object.key("phash_distance")
    object.value(verdict.hashDistance)
    object.key("same_size")
    object.value(verdict.sameSize)
    object.key("caveats")
    object.array { list in
      for caveat in verdict.caveats { list.value(caveat.code) }
    }
    object.key("original")
    object.value(original)
    object.key("reproduction")
    object.value(reproduction)
  }

  /// Rounded to four decimals, which is enough for 8-bit images.
  private static func rounded(_ number: Double) -> Double { (number * 10_000).rounded() / 10_000 }
}

extension Verdict.Kind {
  /// 0 for the strictest claim.
  public var looseness: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }
}
