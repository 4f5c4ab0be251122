/// Composes characters of two scalars.
///
/// Decomposed text must match composed text, and these marks must not be removed: が is not か.
enum Composition {
  /// The composed letter of a letter and a mark, or nil if there is none.
  static func letter(_ letter: UInt32, _ mark: UInt32) -> UInt32? {
    switch mark {
    case 0x3099: voiced[letter]
    case 0x309A: halfVoiced[letter]
    case 0x0306: breve[letter]
    case 0x0308: letter == 0x0456 ? 0x0457 : nil
    default: nil
    }
  }

  /// The syllable of a Hangul lead and vowel, or of a syllable without a tail and its tail, or nil.
  ///
  /// The computation is that of the Unicode standard, section 3.12.
  static func syllable(_ first: UInt32, _ second: UInt32) -> UInt32? {
    if (0x1100...0x1112).contains(first), (0x1161...0x1175).contains(second) {
      return 0xAC00 + ((first - 0x1100) * 21 + (second - 0x1161)) * 28
    }
    if (0xAC00...0xD7A3).contains(first), (first - 0xAC00) % 28 == 0,
      (0x11A8...0x11C2).contains(second)
    {
      return first + (second - 0x11A7)
    }
    return nil
  }

  private static let voiced = pairs(
    "うゔかがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとどはばひびふぶへべほぼゝゞ"
      + "ウヴカガキギクグケゲコゴサザシジスズセゼソゾタダチヂツヅテデトドハバヒビフブヘベホボ"
      + "ワヷヰヸヱヹヲヺヽヾ")
  private static let halfVoiced = pairs("はぱひぴふぷへぺほぽハパヒピフプヘペホポ")
  /// и and у, which become other letters with a breve.
  private static let breve: [UInt32: UInt32] = [0x0438: 0x0439, 0x0443: 0x045E]

  private static func pairs(_ text: String) -> [UInt32: UInt32] {
    let scalars = text.unicodeScalars.map(\.value)
    return Dictionary(
      uniqueKeysWithValues: stride(from: 0, to: scalars.count - 1, by: 2).map {
        (scalars[$0], scalars[$0 + 1])
      })
  }
}
