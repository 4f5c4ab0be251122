// The structure of BMP, ICO and TIFF files, to check whether they are complete.

extension UndecodedImage {
  /// A bitmap contains its length, the offset of its pixels, and the length of its header.
  static func isWholeBitmap(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let length = bytes.littleEndian(at: 2, bytes: 4),
      let pixels = bytes.littleEndian(at: 10, bytes: 4),
      let header = bytes.littleEndian(at: 14, bytes: 4)
    else { return false }
    return [12, 16, 40, 52, 56, 64, 108, 124].contains(header)
      && pixels >= 14 + header && pixels < bytes.count && length >= 26 && length <= bytes.count
  }

  /// A directory of images, each with offset and length.
  static func isWholeIcon(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let count = bytes.littleEndian(at: 4, bytes: 2), (1...256).contains(count) else {
      return false
    }
    return (0..<count).allSatisfy { index in
      let entry = 6 + 16 * index
      guard let length = bytes.littleEndian(at: entry + 8, bytes: 4),
        let offset = bytes.littleEndian(at: entry + 12, bytes: 4), length > 0
      else { return false }
      return offset >= 6 + 16 * count && offset + length <= bytes.count
    }
  }

  /// TIFF 6.0, section 2: the first directory, and the strips or tiles that it names.
  static func isWholeTIFF(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let isLittle = bytes.matches(ascii: "II", at: 0)
    func number(_ offset: Int, _ width: Int) -> Int? {
      isLittle
        ? bytes.littleEndian(at: offset, bytes: width) : bytes.bigEndian(at: offset, bytes: width)
    }
    guard number(2, 2) == 42, let directory = number(4, 4), directory >= 8,
      let count = number(directory, 2), count > 0
    else { return false }
    /// Where the values of an entry of shorts or longs are; nil if it has none, or if some are missing.
    ///
    /// There can be millions of strips, so the values are not copied.
    func values(_ entry: Int) -> (start: Int, count: Int, width: Int)? {
      guard let type = number(entry + 2, 2), type == 3 || type == 4,
        let count = number(entry + 4, 4), count > 0
      else { return nil }
      let width = type == 3 ? 2 : 4
      guard let start = count * width <= 4 ? entry + 8 : number(entry + 8, 4),
        bytes.part(start..<start + count * width) != nil
      else { return nil }
      return (start, count, width)
    }
    var places: (start: Int, count: Int, width: Int)?
    var lengths: (start: Int, count: Int, width: Int)?
    for index in 0..<count {
      let entry = directory + 2 + 12 * index
      switch number(entry, 2) {
      // A second entry of a tag is not valid and is not read. A directory can have thousands.
      case 273, 324: places = places ?? values(entry)
      case 279, 325: lengths = lengths ?? values(entry)
      case nil: return false
      default: continue
      }
    }
    guard let starts = places, let sizes = lengths, starts.count == sizes.count else {
      return false
    }
    return (0..<starts.count).allSatisfy { index in
      guard let place = number(starts.start + index * starts.width, starts.width),
        let length = number(sizes.start + index * sizes.width, sizes.width)
      else { return false }
      return place >= 8 && place + length <= bytes.count
    }
  }
}
