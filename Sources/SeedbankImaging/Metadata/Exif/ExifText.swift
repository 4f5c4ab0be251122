/// The texts of an Exif block.
///
/// Tools use them for other data: AUTOMATIC1111 writes its parameters into `userComment`, ComfyUI its
/// graphs into `make` and `model`.
public struct ExifText: Equatable, Sendable {
  /// `UserComment`, 0x9286.
  public internal(set) var userComment: String?
  /// `ImageDescription`, 0x010E.
  public internal(set) var imageDescription: String?
  /// `Make`, 0x010F.
  public internal(set) var make: String?
  /// `Model`, 0x0110.
  public internal(set) var model: String?
  /// `Software`, 0x0131.
  public internal(set) var software: String?
  /// `DateTime`, 0x0132.
  public internal(set) var dateTime: String?
  /// `Artist`, 0x013B.
  public internal(set) var artist: String?
  /// `Copyright`, 0x8298.
  public internal(set) var copyright: String?
  /// `XPTitle`, 0x9C9B.
  public internal(set) var windowsTitle: String?
  /// `XPComment`, 0x9C9C.
  public internal(set) var windowsComment: String?
  /// `XPKeywords`, 0x9C9E.
  public internal(set) var windowsKeywords: String?
  /// `XPSubject`, 0x9C9F.
  public internal(set) var windowsSubject: String?
  /// The Windows rating, 0 to 5.
  public internal(set) var windowsRating: Int?
  /// `DateTimeOriginal`, 0x9003, with its fraction.
  public internal(set) var dateTimeOriginal: ExifTime?
  /// `DateTimeDigitized`, 0x9004, with its fraction.
  public internal(set) var dateTimeDigitized: ExifTime?

  init(_ block: TIFFBlock) {
    typealias Tag = TIFFBlock.Tag
    userComment = (block.exif?.entry(Tag.userComment) ?? block.main.entry(Tag.userComment))
      .flatMap { UserComment.decode(block.bytes[$0.value], bigEndianBlock: block.isBigEndian) }
    imageDescription = block.text(Tag.imageDescription)
    make = block.text(Tag.make)
    model = block.text(Tag.model)
    software = block.text(Tag.software)
    dateTime = block.text(Tag.dateTime)
    artist = block.text(Tag.artist)
    copyright = block.text(Tag.copyright)
    windowsTitle = block.windowsText(Tag.windowsTitle)
    windowsComment = block.windowsText(Tag.windowsComment)
    windowsKeywords = block.windowsText(Tag.windowsKeywords)
    windowsSubject = block.windowsText(Tag.windowsSubject)
    windowsRating = block.number(Tag.windowsRating)
    dateTimeOriginal = block.time(
      Tag.dateTimeOriginal, fraction: Tag.fractionOriginal, offset: Tag.offsetOriginal)
    dateTimeDigitized = block.time(
      Tag.dateTimeDigitized, fraction: Tag.fractionDigitized, offset: Tag.offsetDigitized)
  }
}

/// A time in the form of Exif: `2024:05:01 12:34:56`, with fractions of a second and `+09:00` in other
/// tags.
public struct ExifTime: Equatable, Sendable {
  /// Date and time as Exif writes them: `2026:11:27 06:30:00`.
  public let text: String
  /// Digits of the fraction of a second, if given.
  public let fraction: String?
  /// The offset; nil if the time zone is not known.
  public let offset: String?
}

extension TIFFBlock {
  fileprivate func text(_ tag: Int) -> String? { text(main.entry(tag)) }

  fileprivate func time(_ tag: Int, fraction: Int, offset: Int) -> ExifTime? {
    text(exif?.entry(tag) ?? main.entry(tag)).map {
      ExifTime(
        text: $0, fraction: text(exif?.entry(fraction)), offset: text(exif?.entry(offset)))
    }
  }

  fileprivate func number(_ tag: Int) -> Int? {
    guard let entry = main.entry(tag), entry.type == 3, entry.count == 1 else { return nil }
    return Self.number(bytes, at: entry.value.lowerBound, width: 2, isBigEndian)
  }

  private func text(_ entry: Entry?) -> String? {
    guard let entry else { return nil }
    let text = ForeignText.decode(ForeignText.withoutTrailingZeros(bytes[entry.value]))
    return text.isEmpty ? nil : text
  }

  /// The XP… tags of Windows: UTF-16, always little-endian unless there is a byte order mark.
  fileprivate func windowsText(_ tag: Int) -> String? {
    guard let entry = main.entry(tag) else { return nil }
    let value = bytes[entry.value]
    let isMarked = value.starts(with: [0xFE, 0xFF]) || value.starts(with: [0xFF, 0xFE])
    let units = UTF16Text.units(
      value.dropFirst(isMarked ? 2 : 0), bigEndian: value.starts(with: [0xFE, 0xFF]))
    let text = String(decoding: units.prefix { $0 != 0 }, as: UTF16.self)
    return text.isEmpty ? nil : text
  }
}
