import SeedbankModel

/// The headers of one file in an archive (APPNOTE.TXT 6.3.10, sections 4.3 to 4.5).
struct ZipEntry {
  let name: [UInt8]
  let time: Timestamp
  var size: UInt64
  var crc: UInt32
  /// The offset of its local header.
  let offset: UInt64

  /// Stored, with Unix permissions rw-r--r--.
  private static let mode: UInt32 = 0o100644 << 16
  /// Bit 11: the name is UTF-8.
  private static let flags: UInt16 = 0x0800
  static let versionNeeded: UInt16 = 20
  static let versionNeededForLarge: UInt16 = 45
  private static let madeByUnix: UInt16 = 3 << 8 | 45
  private static let stored: UInt16 = 0

  func localHeader(_ limits: ZipLimits) -> [UInt8] {
    let isLarge = size >= limits.size
    var large = ZipBytes()
    if isLarge { large.field(1, [size, size]) }
    var header = ZipBytes()
    header.put(0x0403_4B50 as UInt32)
    header.put(isLarge ? Self.versionNeededForLarge : Self.versionNeeded)
    put(common: &header)
    header.put(isLarge ? UInt32.max : UInt32(size))
    header.put(isLarge ? UInt32.max : UInt32(size))
    header.put(UInt16(name.count))
    header.put(UInt16(large.bytes.count + timeField.count))
    header.put(name)
    header.put(large.bytes)
    header.put(timeField)
    return header.bytes
  }

  func centralHeader(_ limits: ZipLimits) -> [UInt8] {
    let isLarge = size >= limits.size
    let isFar = offset >= limits.size
    var large = ZipBytes()
    if isLarge || isFar {
      large.field(1, (isLarge ? [size, size] : []) + (isFar ? [offset] : []))
    }
    var header = ZipBytes()
    header.put(0x0201_4B50 as UInt32)
    header.put(Self.madeByUnix)
    header.put(isLarge || isFar ? Self.versionNeededForLarge : Self.versionNeeded)
    put(common: &header)
    header.put(isLarge ? UInt32.max : UInt32(size))
    header.put(isLarge ? UInt32.max : UInt32(size))
    header.put(UInt16(name.count))
    header.put(UInt16(large.bytes.count + timeField.count))
    header.put([0, 0, 0, 0, 0, 0])  // no comment, first disk, binary
    header.put(Self.mode)
    header.put(isFar ? UInt32.max : UInt32(offset))
    header.put(name)
    header.put(large.bytes)
    header.put(timeField)
    return header.bytes
  }

  private func put(common header: inout ZipBytes) {
    header.put(Self.flags)
    header.put(Self.stored)
    let (clock, day) = dosTime
    header.put(clock)
    header.put(day)
    header.put(crc)
  }

  private var clampedSeconds: Int64 {
    // The range of both a DOS date (from 1980) and 32 bits of Unix time.
    min(max(Int64(time.seconds.rounded(.down)), 315_532_800), Int64(Int32.max))
  }

  private var dosTime: (UInt16, UInt16) {
    let calendar = CalendarTime(secondsSince1970: clampedSeconds)
    return (
      UInt16(calendar.hour << 11 | calendar.minute << 5 | calendar.second / 2),
      UInt16((calendar.year - 1980) << 9 | calendar.month << 5 | calendar.day)
    )
  }

  /// "UT": the time in UTC, so that unpacking in another time zone restores it.
  private var timeField: [UInt8] {
    var field = ZipBytes()
    field.put(0x5455 as UInt16)
    field.put(5 as UInt16)
    field.put([1])
    field.put(UInt32(clampedSeconds))
    return field.bytes
  }
}

/// The sizes and counts from which ZIP64 fields are written.
struct ZipLimits {
  var size: UInt64 = 0xFFFF_FFFF
  var count: Int = 0xFFFF
}

/// Little-endian numbers in sequence.
struct ZipBytes {
  private(set) var bytes: [UInt8] = []

  mutating func put(_ more: [UInt8]) { bytes += more }

  mutating func put(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  /// An extra field of 64-bit numbers.
  mutating func field(_ tag: UInt16, _ numbers: [UInt64]) {
    put(tag)
    put(UInt16(numbers.count * 8))
    for number in numbers { put(number) }
  }
}
