/// How exported files are named: text, fields in braces, and `/` for folders.
///
/// `{created:%Y-%m}/{id}-{prompt:40}.{ext}`; `{{` and `}}` write the braces themselves.
public struct NameTemplate: Hashable, Sendable, CustomStringConvertible {
  enum Piece: Hashable, Sendable {
    case text(String)
    case field(NameField, NameFormat)
  }

  /// As it was written.
  public let description: String
  /// One list of pieces per folder, and the file's last.
  let parts: [[Piece]]

  /// Names that sort by arrival, say what the image is, and hold the seed that made it.
  public static let standard = NameTemplate(
    description: "{ref:04}-{prompt:40}-{seed}.{ext}",
    parts: [
      [
        .field(.ref, .padded(4)), .text("-"), .field(.prompt, .limited(40)), .text("-"),
        .field(.seed, .plain), .text("."), .field(.ext, .plain),
      ]
    ])

  /// The standard of earlier versions, without zeros; files keep such names.
  static let unpadded = NameTemplate(
    description: "{ref}-{prompt:40}-{seed}.{ext}",
    parts: [
      [
        .field(.ref, .plain), .text("-"), .field(.prompt, .limited(40)), .text("-"),
        .field(.seed, .plain), .text("."), .field(.ext, .plain),
      ]
    ])

  /// Names that tell nothing of what they name.
  public static let mute = NameTemplate(
    description: "{n:04}.{ext}",
    parts: [[.field(.n, .padded(4)), .text("."), .field(.ext, .plain)]])

  /// Whether any part speaks of `field`.
  func uses(_ field: NameField) -> Bool {
    parts.joined().contains { piece in
      if case .field(field, _) = piece { true } else { false }
    }
  }
}

/// How one field is written.
enum NameFormat: Hashable, Sendable {
  case plain
  case limited(Int)
  case padded(Int)
  case time(TimePattern)
}
