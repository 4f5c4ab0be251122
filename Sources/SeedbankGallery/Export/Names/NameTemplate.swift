/// A template for the names of exported files: text, fields in braces, and `/` for folders.
///
/// `{created:%Y-%m}/{id}-{prompt:40}.{ext}`; `{{` and `}}` are literal braces.
public struct NameTemplate: Hashable, Sendable, CustomStringConvertible {
  enum Piece: Hashable, Sendable {
    case text(String)
    case field(NameField, NameFormat)
  }

  /// The text of the template.
  public let description: String
  /// One list of pieces for each folder, then one for the file.
  let parts: [[Piece]]

  /// The default: names that sort by id and contain the prompt and the seed.
  public static let standard = NameTemplate(
    description: "{ref:04}-{prompt:40}-{seed}.{ext}",
    parts: [
      [
        .field(.ref, .padded(4)), .text("-"), .field(.prompt, .limited(40)), .text("-"),
        .field(.seed, .plain), .text("."), .field(.ext, .plain),
      ]
    ])

  /// The default of earlier versions, without zeros.
  ///
  /// Files keep such names.
  static let unpadded = NameTemplate(
    description: "{ref}-{prompt:40}-{seed}.{ext}",
    parts: [
      [
        .field(.ref, .plain), .text("-"), .field(.prompt, .limited(40)), .text("-"),
        .field(.seed, .plain), .text("."), .field(.ext, .plain),
      ]
    ])

  /// Names without information about the image.
  public static let mute = NameTemplate(
    description: "{n:04}.{ext}",
    parts: [[.field(.n, .padded(4)), .text("."), .field(.ext, .plain)]])

  /// Whether any part contains `field`.
  func uses(_ field: NameField) -> Bool {
    parts.joined().contains { piece in
      if case .field(field, _) = piece { true } else { false }
    }
  }
}

/// The format of one field.
enum NameFormat: Hashable, Sendable {
  case plain
  case limited(Int)
  case padded(Int)
  case time(TimePattern)
}
