internal import GRDB
import SeedbankModel

/// The generations of one item of the history: their uids in a row, as `change_item.targets` has them.
struct ChangeTargets {
  private(set) var bytes: [UInt8] = []

  /// The maximum number of generations of an item, so that an item needs little memory.
  static let most = 32_768
  private static let uidSize = 16

  var isFull: Bool { bytes.count >= Self.most * Self.uidSize }

  init() {}

  /// Adds a generation.
  ///
  /// - Parameter uid: the bytes of its uid.
  /// - Throws: `DatabaseError` if they are not 16 bytes, which would move all uids after them.
  mutating func append(_ uid: some Collection<UInt8>) throws {
    guard uid.count == Self.uidSize else {
      throw DatabaseError(
        resultCode: .SQLITE_CORRUPT, message: "a uid in generation has \(uid.count) bytes")
    }
    bytes.append(contentsOf: uid)
  }

  /// Calls `body` with the bytes of each uid.
  static func forEach(
    in bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws -> Void
  ) rethrows {
    for start in stride(from: 0, through: bytes.count - uidSize, by: uidSize) {
      try body(UnsafeRawBufferPointer(rebasing: bytes[start..<start + uidSize]))
    }
  }

  /// Returns the number of generations of a change.
  static func count(of change: Int64, in database: Database) throws -> Int {
    let items = "FROM change_item WHERE change_id = ? AND targets IS NOT NULL"
    let sums = try IntegerRow.fetch(
      "SELECT count(DISTINCT field), sum(length(targets)) \(items)", [change], columns: 2,
      in: database)
    guard let fields = sums[0], let length = sums[1] else { return 0 }
    // An edit of one field sets it only once for each generation.
    if fields == 1 { return Int(length) / uidSize }
    var uids: Set<UID> = []
    var rows = try RawRows("SELECT targets \(items)", .integer(change), in: database)
    while try rows.next() {
      forEach(in: rows.bytes(0)) { if let uid = UID(bytes: $0) { uids.insert(uid) } }
    }
    return uids.count
  }
}
