/// A path of the file system: bytes, as the system has them.
///
/// Linux gives names no encoding: a name may be Latin-1, and two names may differ only in Unicode
/// normalization. `String` would repair the first and take the second for equal, so paths travel as this
/// type, which compares byte by byte.
public struct FilePath: Hashable, Sendable {
  /// The bytes, without a NUL.
  public let bytes: [UInt8]

  /// Keeps the bytes before the first NUL, which would end the path for the system.
  public init(bytes: some Sequence<UInt8>) { self.bytes = Array(bytes.prefix { $0 != 0 }) }

  /// Makes a path from the UTF-8 of a text.
  public init(_ text: String) {
    // Not the generic initializer, which looks up its types when it is first used.
    let bytes = Array(text.utf8)
    self.bytes = bytes.firstIndex(of: 0).map { Array(bytes[..<$0]) } ?? bytes
  }

  /// Copies a path that the system gave.
  public init(cString: UnsafePointer<CChar>) {
    var bytes: [UInt8] = []
    var next = cString
    while next.pointee != 0 {
      bytes.append(UInt8(bitPattern: next.pointee))
      next += 1
    }
    self.bytes = bytes
  }

  /// Calls `body` with the bytes as the system takes them.
  public func withCString<Value>(_ body: (UnsafePointer<CChar>) throws -> Value) rethrows -> Value {
    var terminated = bytes.map { CChar(bitPattern: $0) }
    terminated.append(0)
    return try terminated.withUnsafeBufferPointer { buffer in
      // The array holds the NUL at least, so it has an address.
      try body(buffer.baseAddress.unsafelyUnwrapped)
    }
  }
}

extension FilePath: Comparable {
  /// Orders by bytes, so that every machine gives the same order.
  public static func < (left: FilePath, right: FilePath) -> Bool {
    left.bytes.lexicographicallyPrecedes(right.bytes)
  }
}

extension FilePath: ExpressibleByStringLiteral {
  /// Makes a path from a literal.
  public init(stringLiteral text: String) { self.init(text) }
}
