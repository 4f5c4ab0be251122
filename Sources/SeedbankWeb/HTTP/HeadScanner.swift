/// Finds the end of a request's head in bytes that arrive in pieces.
struct HeadScanner {
  /// What is known after the bytes so far.
  enum Result: Equatable {
    case incomplete
    /// The head takes so many bytes, its blank line included.
    case complete(Int)
    /// A line ends in LF alone, so no end would ever be found.
    case malformed
  }

  private var seen = 0

  /// Looks at the bytes that are new in `bytes`, which begins with the head.
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
