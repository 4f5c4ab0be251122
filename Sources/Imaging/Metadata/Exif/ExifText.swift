/// The texts of an Exif block.
///
/// Tools put more than their names say into them: AUTOMATIC1111 writes its parameters into
/// `userComment`, ComfyUI its graphs into `make` and `model`.
public struct ExifText: Equatable, Sendable {
  public internal(set) var userComment: String?
  public internal(set) var imageDescription: String?
  public internal(set) var make: String?
  public internal(set) var model: String?
  public internal(set) var software: String?
  public internal(set) var dateTime: String?
  public internal(set) var artist: String?
  public internal(set) var copyright: String?
  public internal(set) var windowsTitle: String?
  public internal(set) var windowsComment: String?
  public internal(set) var windowsKeywords: String?
  public internal(set) var windowsSubject: String?

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
  }
}

extension TIFFBlock {
  fileprivate func text(_ tag: Int) -> String? {
    guard let entry = main.entry(tag) else { return nil }
    let text = ForeignText.decode(ForeignText.withoutTrailingZeros(bytes[entry.value]))
    return text.isEmpty ? nil : text
  }

  /// The XP… tags of Windows: UTF-16, little-endian whatever the block is.
  fileprivate func windowsText(_ tag: Int) -> String? {
    guard let entry = main.entry(tag) else { return nil }
    let units = UTF16Text.units(bytes[entry.value], bigEndian: false)
    let text = String(decoding: units.prefix { $0 != 0 }, as: UTF16.self)
    return text.isEmpty ? nil : text
  }
}
