/// What a name template can speak of, and how each field may be written.
public enum NameField: String, CaseIterable, Sendable {
  /// The generation's number in its library.
  case id
  /// The generation's number, and `.2` behind it for its second image: what people type for it.
  case ref
  case uid
  /// 1 for the first image of a generation.
  case position
  case seed
  case prompt
  case model
  /// `1024x1024`, as the image is.
  case size
  case width
  case height
  case guidance
  /// When the generation was recorded; `{created:%Y-%m-%d}` by default.
  case created
  /// When its images arrived; the same defaults.
  case completed
  /// The first tag in the alphabet.
  case tag
  /// All tags with `+` between them.
  case tags
  case rating
  case note
  /// The first collection in the alphabet that holds it.
  case collection
  case status
  /// The image's digest.
  case sha256
  /// A running number over the export; an image keeps its own in later exports.
  case n
  /// `jpg`, `png`, `webp`; put behind every name that does not say it itself.
  case ext

  /// What a format after the colon means for a field.
  enum Kind: Sendable {
    /// `:40`, at most so many characters.
    case text
    /// `:04`, padded with zeros to so many digits.
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

  /// What the field accepts after its colon, in words.
  var accepted: String {
    switch kind {
    case .text: "a number of characters, as in {\(rawValue):40}"
    case .number: "a number of digits, as in {\(rawValue):04}"
    case .time: "%Y %y %m %d %H %M %S %j, as in {\(rawValue):%Y-%m-%d}"
    case .fixed: "nothing"
    }
  }
}
