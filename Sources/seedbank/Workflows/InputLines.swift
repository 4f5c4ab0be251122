import FilePaths
import Platform

/// Reads the lines of standard input as bytes.
struct InputLines {
  /// A line without its end.
  enum Line {
    case bytes([UInt8])
    /// It has more than `longest` bytes, and was skipped.
    case tooLong
  }

  /// The length of the longest line, in bytes.
  static let longest = 1 << 20
  private var buffer: [UInt8] = []
  private var position = 0

  /// Returns the next line; nil at the end of the input.
  mutating func next() -> Line? {
    var line: [UInt8] = []
    var isTooLong = false
    while true {
      if position == buffer.count, !fill() {
        return isTooLong ? .tooLong : line.isEmpty ? nil : .bytes(line)
      }
      let rest = buffer[position...]
      let end = rest.firstIndex(of: UInt8(ascii: "\n"))
      let piece = rest[..<(end ?? rest.endIndex)]
      position = end.map { $0 + 1 } ?? buffer.count
      isTooLong = isTooLong || line.count + piece.count > Self.longest
      if !isTooLong { line += piece }
      if end != nil { return isTooLong ? .tooLong : .bytes(line) }
    }
  }

  /// Reads the available bytes.
  ///
  /// Returns false at the end of the input.
  private mutating func fill() -> Bool {
    buffer = [UInt8](unsafeUninitializedCapacity: 65_536) { bytes, count in
      count = readOnce(STDIN_FILENO, into: UnsafeMutableRawBufferPointer(bytes)) ?? 0
    }
    position = 0
    return !buffer.isEmpty
  }
}
