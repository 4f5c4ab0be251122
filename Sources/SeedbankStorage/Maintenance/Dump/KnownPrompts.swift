/// The ids of prompts by the hashes of their texts, in 8 bytes per slot.
///
/// A dictionary needs twice as much memory, which a restore of a million different prompts notices.
/// A slot has half of the hash, so other prompts can be returned too. The caller compares the texts.
struct KnownPrompts {
  /// The half of the hash, then the id; 0 is a free slot.
  private var slots: [UInt64]
  private var count = 0

  init() { slots = [UInt64](repeating: 0, count: 1 << 10) }

  /// Whether no more can be added without more memory than a restore should use.
  var isFull: Bool { count >= Self.most }

  /// 2 million slots of which three quarters are used.
  private static let most = 3 << 19

  /// Adds a prompt; ids that do not fit into 32 bits are refused.
  mutating func add(_ id: Int64, hash: Int64) -> Bool {
    guard let id = UInt32(exactly: id), id > 0 else { return false }
    if count >= slots.count / 4 * 3 { grow() }
    Self.put(Self.half(hash) << 32 | UInt64(id), hash, into: &slots)
    count += 1
    return true
  }

  /// Calls `body` with the ids of prompts that may have this hash, until it returns true.
  func first(hash: Int64, where body: (Int64) throws -> Bool) rethrows -> Int64? {
    var place = Self.place(hash, slots.count)
    while slots[place] != 0 {
      let id = Int64(slots[place] & 0xFFFF_FFFF)
      if slots[place] >> 32 == Self.half(hash), try body(id) { return id }
      place = (place + 1) & (slots.count - 1)
    }
    return nil
  }

  private mutating func grow() {
    var larger = [UInt64](repeating: 0, count: slots.count * 2)
    // The upper half is the place too, so a slot can be placed without the whole hash.
    for slot in slots where slot != 0 {
      Self.put(slot, Int64(bitPattern: (slot >> 32) << 32), into: &larger)
    }
    slots = larger
  }

  private static func put(_ slot: UInt64, _ hash: Int64, into slots: inout [UInt64]) {
    var place = place(hash, slots.count)
    while slots[place] != 0 { place = (place + 1) & (slots.count - 1) }
    slots[place] = slot
  }

  /// The upper half of a hash.
  private static func half(_ hash: Int64) -> UInt64 { UInt64(bitPattern: hash) >> 32 }

  private static func place(_ hash: Int64, _ count: Int) -> Int {
    Int(half(hash) & UInt64(count - 1))
  }
}
