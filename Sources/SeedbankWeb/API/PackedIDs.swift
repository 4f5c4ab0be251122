import SeedbankModel
import SeedbankQuery
import SeedbankStorage

/// The ids of a whole result in few bytes: the difference to the previous id, zigzag-coded, as unsigned
/// LEB128.
struct PackedIDs {
  private(set) var bytes: [UInt8] = []
  private var last: Int64 = 0

  init(_ ids: some Sequence<GenerationID> = [GenerationID]()) {
    for id in ids { append(id) }
  }

  mutating func append(_ id: GenerationID) {
    let difference = id.rawValue &- last
    last = id.rawValue
    var rest = UInt64(bitPattern: (difference << 1) ^ (difference >> 63))
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  /// Reads the output of `bytes`; nil for other data.
  static func ids(_ bytes: some Sequence<UInt8>) -> [GenerationID]? {
    var ids: [GenerationID] = []
    var last: Int64 = 0
    var value: UInt64 = 0
    var shift: UInt64 = 0
    for byte in bytes {
      guard shift < 64 else { return nil }
      value |= UInt64(byte & 0x7F) << shift
      shift += 7
      guard byte & 0x80 == 0 else { continue }
      last &+= Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
      ids.append(GenerationID(last))
      (value, shift) = (0, 0)
    }
    return shift == 0 ? ids : nil
  }
}
