import FilePaths
import Platform

/// The lines of a file that an export wrote, with their offsets.
final class FileLines {
  /// The largest manifest in bytes: about half a million records.
  ///
  /// Another program can have written a file with this name, and each of its lines is parsed.
  static let largestManifest = 1 << 30

  private let descriptor: Int32
  /// The longest line in bytes.
  private let longest: Int
  private var buffer: UnsafeMutableRawBufferPointer
  private var start = 0
  private var end = 0
  private var isAtEnd = false
  /// Whether the line at `start` is the rest of one that is too long.
  private var isRest = false
  private var position: Int64 = 0
  /// Whether a line was skipped because it is too long, or the rest of the file cannot be read.
  private(set) var isIncomplete = false

  /// Opens a file; nil if it does not exist, is not a regular file, or is too large.
  ///
  /// - Parameters:
  ///   - largest: the largest size of the file in bytes.
  ///   - longest: the longest line in bytes, because a line is kept in memory. Longer ones are skipped.
  init?(_ path: FilePath, largest: Int = .max, longest: Int = 1 << 28) {
    // A pipe without a writer must not block.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.isRegularFile, status.st_size <= largest else {
      close(descriptor)
      return nil
    }
    self.descriptor = descriptor
    self.longest = longest
    buffer = .allocate(byteCount: 1 << 16, alignment: 16)
  }

  deinit {
    buffer.deallocate()
    close(descriptor)
  }

  /// The next line with its end, good until the next call; nil at the end of the file.
  func next() -> (place: Range<Int64>, line: UnsafeBufferPointer<UInt8>)? {
    var searched = start
    while true {
      if let base = buffer.baseAddress, searched < end,
        let newline = memchr(base + searched, 0x0A, end - searched)
      {
        if let line = take(newline - (base + start) + 1) { return line }
        searched = start
      } else if isAtEnd {
        return end > start ? take(end - start) : nil
      } else {
        searched = fill()
      }
    }
  }

  /// The bytes at `place`, or nil if the file does not have them any more.
  func line(at place: Range<Int64>) -> [UInt8]? {
    let bytes = [UInt8](unsafeUninitializedCapacity: place.count) { buffer, count in
      count = max(0, pread(descriptor, buffer.baseAddress, buffer.count, off_t(place.lowerBound)))
    }
    return bytes.count == place.count ? bytes : nil
  }

  /// Takes the next bytes as a line; nil if they are the rest of one that is too long.
  private func take(_ count: Int) -> (place: Range<Int64>, line: UnsafeBufferPointer<UInt8>)? {
    let bytes = UnsafeRawBufferPointer(rebasing: buffer[start..<start + count])
    let place = position..<position + Int64(count)
    start += count
    position = place.upperBound
    if isRest {
      isRest = false
      return nil
    }
    return (place, bytes.assumingMemoryBound(to: UInt8.self))
  }

  /// Reads more bytes; returns the index of the first of them.
  private func fill() -> Int {
    if start > 0 {
      if let base = buffer.baseAddress { memmove(base, base + start, end - start) }
      end -= start
      start = 0
    } else if end == buffer.count, end >= longest {
      position += Int64(end)
      end = 0
      isRest = true
      isIncomplete = true
    } else if end == buffer.count {
      let larger = UnsafeMutableRawBufferPointer.allocate(
        byteCount: buffer.count * 2, alignment: 16)
      larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: buffer[..<end]))
      buffer.deallocate()
      buffer = larger
    }
    let first = end
    let count = readOnce(
      descriptor, into: UnsafeMutableRawBufferPointer(rebasing: buffer[end...]))
    if count == nil { isIncomplete = true }
    if count == nil || count == 0 { isAtEnd = true }
    end += count ?? 0
    return first
  }
}
