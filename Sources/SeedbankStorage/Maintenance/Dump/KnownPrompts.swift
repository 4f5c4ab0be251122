/// The ids of prompts by the hashes of their texts, in 8 bytes per slot.
///
/// A dictionary needs twice as much memory, which a restore of a million different prompts notices.
/// A slot has half of the hash, so other prompts can be returned too. The caller compares the texts.
struct KnownPrompts {
  /// Each grows by itself, so that never all slots are in memory twice.
  private var tables = [Table](repeating: Table(), count: Self.tableCount)
  private var count = 0

  /// Whether no more can be added without more memory than a restore should use.
  var isFull: Bool { count >= Self.most }

  /// The tables then have 18 MB.
  private static let most = 3 << 19
  private static let tableCount = 64

  /// Adds a prompt; ids that do not fit into 32 bits are refused.
  mutating func add(_ id: Int64, hash: Int64) -> Bool {
    guard let id = UInt32(exactly: id), id > 0 else { return false }
    let half = Self.half(hash)
    tables[Self.table(of: half)].add(id, half)
    count += 1
    return true
  }

  /// Calls `body` with the ids of prompts that may have this hash, until it returns true.
  func first(hash: Int64, where body: (Int64) throws -> Bool) rethrows -> Int64? {
    let half = Self.half(hash)
    return try tables[Self.table(of: half)].first(half, where: body)
  }

  /// The most slots in a row that are in use: a search looks at no more.
  var longestRun: Int { tables.map(\.longestRun).max() ?? 0 }

  /// The upper half of a hash.
  private static func half(_ hash: Int64) -> UInt32 { UInt32(UInt64(bitPattern: hash) >> 32) }

  private static func table(of half: UInt32) -> Int { Int(half) % tableCount }
}

extension KnownPrompts {
  /// A hash table with linear probing.
  private struct Table {
    /// The half of the hash, then the id; 0 is a free slot.
    private var slots = [UInt64](repeating: 0, count: 16)
    private var count = 0

    mutating func add(_ id: UInt32, _ half: UInt32) {
      if count >= slots.count / 4 * 3 { grow() }
      put(UInt64(half) << 32 | UInt64(id))
      count += 1
    }

    func first(_ half: UInt32, where body: (Int64) throws -> Bool) rethrows -> Int64? {
      var place = place(of: half)
      while slots[place] != 0 {
        let id = Int64(slots[place] & 0xFFFF_FFFF)
        if slots[place] >> 32 == half, try body(id) { return id }
        place = next(place)
      }
      return nil
    }

    var longestRun: Int {
      slots.split(separator: 0).map(\.count).max() ?? 0
    }

    private mutating func grow() {
      let used = slots
      slots = [UInt64](repeating: 0, count: used.count / 2 * 3)
      // A slot has the half of the hash, which is all that its place depends on.
      for slot in used where slot != 0 { put(slot) }
    }

    private mutating func put(_ slot: UInt64) {
      var place = place(of: UInt32(slot >> 32))
      while slots[place] != 0 { place = next(place) }
      slots[place] = slot
    }

    /// The first place to look at.
    ///
    /// It is the share of the half in all halves, because the number of slots is not a power of two.
    private func place(of half: UInt32) -> Int {
      Int(half.multipliedFullWidth(by: UInt32(slots.count)).high)
    }

    private func next(_ place: Int) -> Int { place + 1 == slots.count ? 0 : place + 1 }
  }
}
