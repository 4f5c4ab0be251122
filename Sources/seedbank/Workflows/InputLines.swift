import FilePaths
import Platform

/// Reads the lines of standard input as bytes.
///
/// A line over one mebibyte is returned as an empty line.
struct InputLines {
  private var buffer: [UInt8] = []
  private var position = 0
  private static let longest = 1 << 20

  /// Returns the next line without its end; nil at the end of the input.
  mutating func next() -> [UInt8]? {
    var line: [UInt8] = []
    var isTooLong = false
    while true {
      if position == buffer.count, !fill() {
        return line.isEmpty && !isTooLong ? nil : isTooLong ? [] : line
      }
      let rest = buffer[position...]
      let end = rest.firstIndex(of: UInt8(ascii: "\n"))
      let piece = rest[..<(end ?? rest.endIndex)]
      position = end.map { $0 + 1 } ?? buffer.count
      if line.count + piece.count <= Self.longest { line += piece } else { isTooLong = true }
      if end != nil { return isTooLong ? [] : line }
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
