/// Changes an Exif block without moving other bytes, so that all offsets, also those of maker notes, stay
/// valid.
extension TIFFBlock {
  /// Returns a block with only a UserComment.
  static func with(userComment text: String) -> [UInt8] {
    let value = UserComment.encode(text)
    let main = directory([(Tag.exifDirectory, 4, 1, 26.bigEndianBytes(4))])
    let exif = directory([(Tag.userComment, 7, value.count, 44.bigEndianBytes(4))])
    return header + main + exif + value
  }

  /// Returns a block with only an orientation.
  static func with(orientation: Orientation) -> [UInt8] {
    header + directory([(Tag.orientation, 3, 1, orientation.rawValue.bigEndianBytes(2) + [0, 0])])
  }

  /// Big-endian, version 42, the main directory at 8.
  private static let header: [UInt8] = [0x4D, 0x4D, 0, 42, 0, 0, 0, 8]

  private static func directory(
    _ entries: [(tag: Int, type: Int, count: Int, value: [UInt8])]
  ) -> [UInt8] {
    entries.count.bigEndianBytes(2)
      + entries.flatMap {
        $0.tag.bigEndianBytes(2) + $0.type.bigEndianBytes(2) + $0.count.bigEndianBytes(4)
          + $0.value
      } + [0, 0, 0, 0]
  }

  /// The block with this UserComment: a new value at the end and, without an existing entry, a new
  /// directory that repeats the old one.
  ///
  /// Nil if the block has no space for it, or if its directories share bytes.
  func setting(userComment text: String) -> [UInt8]? {
    if let exif, exif.range.overlaps(main.range) { return nil }
    let value = UserComment.encode(text)
    if let entry = exif?.entry(Tag.userComment) {
      if entry.type == 7, bytes[entry.value].elementsEqual(value) { return bytes }
      var edited = bytes
      // An earlier value of Seedbank is at the end and is replaced.
      if entry.value.upperBound == bytes.count, isSeparate(entry) {
        edited.removeSubrange(entry.value)
      }
      let place = edited.appendAligned(value)
      edited.replaceSubrange(
        entry.offset..<entry.offset + 12,
        with: self.entry(Tag.userComment, type: 7, count: value.count, place))
      return edited
    }
    var edited = bytes
    let valuePlace = edited.appendAligned(value)
    let comment = entry(Tag.userComment, type: 7, count: value.count, valuePlace)
    guard let pointer = main.entry(Tag.exifDirectory) else {
      let exifPlace = edited.appendAligned(number(1, 2) + comment + number(0, 4))
      let link = entry(Tag.exifDirectory, type: 4, count: 1, exifPlace)
      guard let extended = directory(main, adding: link, tag: Tag.exifDirectory) else { return nil }
      let mainPlace = edited.appendAligned(extended)
      edited.replaceSubrange(4..<8, with: number(mainPlace, 4))
      return edited
    }
    // A pointer to a directory that could not be read must not be changed. One of another type can be anywhere.
    guard let exif, pointer.value.count == 4,
      let extended = directory(exif, adding: comment, tag: Tag.userComment)
    else { return nil }
    let place = edited.appendAligned(extended)
    let link = pointer.value.lowerBound
    edited.replaceSubrange(link..<link + 4, with: number(place, 4))
    return edited
  }

  /// Whether the value of an entry shares no byte with the header, a directory or another value.
  ///
  /// A damaged block can say that a value is anywhere.
  private func isSeparate(_ entry: Entry) -> Bool {
    var used: [Range<Int>] = [0..<8, main.range]
    var entries = main.entries
    if let exif {
      used.append(exif.range)
      entries += exif.entries
    }
    for other in entries where other.offset != entry.offset { used.append(other.value) }
    return !used.contains { $0.overlaps(entry.value) }
  }

  /// The bytes of a directory with one entry more, in the order of tags.
  ///
  /// The new entry replaces entries of its tag that could not be read.
  private func directory(_ old: Directory, adding new: [UInt8], tag: Int) -> [UInt8]? {
    guard let count = Self.number(bytes, at: old.offset, width: 2, isBigEndian), count < 0xFFFF
    else { return nil }
    var smaller: [UInt8] = []
    var greater: [UInt8] = []
    for index in 0..<count {
      let start = old.offset + 2 + index * 12
      let other = Self.number(bytes, at: start, width: 2, isBigEndian) ?? 0
      if other < tag, greater.isEmpty {
        smaller += bytes[start..<start + 12]
      } else if other != tag {
        greater += bytes[start..<start + 12]
      }
    }
    let kept = (smaller.count + greater.count) / 12
    return number(kept + 1, 2) + smaller + new + greater + number(old.next, 4)
  }

  private func entry(_ tag: Int, type: Int, count: Int, _ value: Int) -> [UInt8] {
    number(tag, 2) + number(type, 2) + number(count, 4) + number(value, 4)
  }

  private func number(_ value: Int, _ width: Int) -> [UInt8] {
    isBigEndian ? value.bigEndianBytes(width) : value.littleEndianBytes(width)
  }
}

extension [UInt8] {
  /// Appends at an even offset, as TIFF requires, and returns the offset.
  fileprivate mutating func appendAligned(_ more: [UInt8]) -> Int {
    if !count.isMultiple(of: 2) { append(0) }
    let place = count
    self += more
    return place
  }
}
