/// Decides by its first bytes whether a body is an event stream.
///
/// The bytes can arrive in parts of any length. White space and a byte order mark before them do not count.
struct EventStreamBeginning {
  /// Nil until enough bytes have arrived.
  private(set) var isStream: Bool?
  /// The first bytes that count.
  private var first: [UInt8] = []

  private static let fields = ["data:", "event:", "id:", "retry:", ":"].map { Array($0.utf8) }

  /// Whether a byte before the first line does not count.
  static func isBlank(_ byte: UInt8) -> Bool {
    [0xEF, 0xBB, 0xBF, 0x20, 0x0A, 0x0D, 0x09].contains(byte)
  }

  /// Reads the next bytes and returns the decision, if there is one.
  mutating func take(_ bytes: some Sequence<UInt8>) -> Bool? {
    guard isStream == nil else { return isStream }
    for byte in bytes where !first.isEmpty || !Self.isBlank(byte) {
      first.append(byte)
      let possible = Self.fields.filter { $0.starts(with: first) }
      guard let field = possible.first else {
        isStream = false
        break
      }
      if field == first {
        isStream = true
        break
      }
    }
    return isStream
  }
}
