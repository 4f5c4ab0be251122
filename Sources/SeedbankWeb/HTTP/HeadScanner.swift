/// Finds the end of a request head in bytes that arrive in pieces.
struct HeadScanner {
  /// The result for the bytes so far.
  enum Result: Equatable {
    case incomplete
    /// The length of the head in bytes, with its blank line.
    case complete(Int)
    /// A line ends with LF only, so the end would never be found.
    case malformed
  }

  private var seen = 0

  /// Scans the new bytes in `bytes`, which starts with the head.
  mutating func scan(_ bytes: some RandomAccessCollection<UInt8>) -> Result {
    func byte(_ offset: Int) -> UInt8 { bytes[bytes.index(bytes.startIndex, offsetBy: offset)] }
    while seen < bytes.count {
      defer { seen += 1 }
      guard byte(seen) == HTTPByte.lineFeed else { continue }
      guard seen > 0, byte(seen - 1) == HTTPByte.carriageReturn else { return .malformed }
      if seen == 1 { return .malformed }
      if seen >= 3, byte(seen - 2) == HTTPByte.lineFeed { return .complete(seen + 1) }
    }
    return .incomplete
  }
}
