/// The fields of a name template, and their formats.
public enum NameField: String, CaseIterable, Sendable {
  /// The id of the generation in its library.
  case id
  /// The reference: the id of the generation, followed by `.2` for its second image.
  case ref
  case uid
  /// 1 for the first image of a generation.
  case position
  case seed
  case prompt
  case model
  /// The size of the image, `1024x1024`.
  case size
  case width
  case height
  case guidance
  /// When the generation was recorded; `{created:%Y-%m-%d}` by default.
  case created
  /// When its images arrived; the same defaults.
  case completed
  /// The alphabetically first tag.
  case tag
  /// All tags, joined by `+`.
  case tags
  case rating
  case note
  /// The alphabetically first collection that contains it.
  case collection
  case status
  /// The image's digest.
  case sha256
  /// A sequence number in the export. An image keeps its number in later exports.
  case n
  /// `jpg`, `png`, `webp`. It is appended to each name without it.
  case ext

  /// The meaning of a format after the colon.
  enum Kind: Sendable {
    /// `:40`, the maximum number of characters.
    case text
    /// `:04`, the number of digits, with leading zeros.
    case number
    /// `:%Y-%m-%d`
    case time
    case fixed
  }

  var kind: Kind {
    switch self {
    case .id, .ref, .position, .seed, .width, .height, .rating, .n: .number
    case .uid, .prompt, .model, .tag, .tags, .note, .collection, .sha256: .text
    case .created, .completed: .time
    case .size, .guidance, .status, .ext: .fixed
    }
  }

  /// The accepted format after the colon, in words.
  var accepted: String {
    switch kind {
    case .text: "a number of characters, as in {\(rawValue):40}"
    case .number: "a number of digits, as in {\(rawValue):04}"
    case .time: "%Y %y %m %d %H %M %S %j, as in {\(rawValue):%Y-%m-%d}"
    case .fixed: "nothing"
    }
  }
}
