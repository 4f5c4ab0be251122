import FilePaths
import Platform

/// Reads the lines of a file or a pipe, one after the other, in flat memory.
struct LineReader: ~Copyable {
  private let descriptor: Int32
  private let path: FilePath
  private var buffer: UnsafeMutableBufferPointer<UInt8>
  private var start = 0
  private var end = 0
  private var isAtEnd = false
  /// Of the line that `next` gave last; 1 for the first.
  private(set) var number = 0
  /// A longer line is not a record, because the bodies of replies in a dump contain no images.
  static let longest = 1 << 28

  init(descriptor: Int32, path: FilePath) {
    self.descriptor = descriptor
    self.path = path
    buffer = .allocate(capacity: 1 << 20)
  }

  deinit { buffer.deallocate() }

  /// The next line without its end, good until the next call; nil at the end of the file.
  mutating func next() throws -> UnsafeBufferPointer<UInt8>? {
    var searched = start
    while true {
      if let base = buffer.baseAddress, searched < end,
        let newline = memchr(base + searched, 0x0A, end - searched)
      {
        let length = newline - UnsafeMutableRawPointer(base + start)
        return line(length, skipping: 1)
      }
      searched = end
      if isAtEnd { return end > start ? line(end - start, skipping: 0) : nil }
      let moved = start
      try fill()
      searched -= moved - start
    }
  }

  private mutating func line(_ length: Int, skipping: Int) -> UnsafeBufferPointer<UInt8> {
    let line = UnsafeBufferPointer(rebasing: buffer[start..<start + length])
    start += length + skipping
    number += 1
    return line
  }

  private mutating func fill() throws {
    if start > 0 {
      if let base = buffer.baseAddress { memmove(base, base + start, end - start) }
      end -= start
      start = 0
    } else if end == buffer.count {
      guard end < Self.longest else {
        throw RestoreError.line(number + 1, .syntax(offset: end, needed: "a shorter line"))
      }
      let larger = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: buffer.count * 2)
      _ = larger.update(fromContentsOf: buffer[..<end])
      buffer.deallocate()
      buffer = larger
    }
    let rest = UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[end...]))
    guard let count = readOnce(descriptor, into: rest) else {
      throw FileSystem.failure("read", path)
    }
    if count == 0 { isAtEnd = true }
    end += count
  }
}
