import Platform

/// `read(2)`, repeated if a signal interrupts it.
///
/// - Returns: The number of bytes, which is 0 at the end; nil if the system reports an error, which
///   is then in `errno`.
package func readOnce(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Int? {
  while true {
    let count = Platform.read(descriptor, buffer.baseAddress, buffer.count)
    if count >= 0 { return count }
    guard errno == EINTR else { return nil }
  }
}

/// `pread(2)`, repeated if a signal interrupts it.
///
/// - Returns: The number of bytes, which is 0 at the end; nil if the system reports an error, which
///   is then in `errno`.
package func readOnce(
  _ descriptor: Int32, at offset: Int64, into buffer: UnsafeMutableRawBufferPointer
) -> Int? {
  while true {
    let count = Platform.pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset))
    if count >= 0 { return count }
    guard errno == EINTR else { return nil }
  }
}

/// Reads up to `count` bytes from a file's current position, or from an offset; fewer at its end.
///
/// - Parameters:
///   - count: The size of the memory that is allocated, in bytes.
///   - start: The offset of the first byte; nil for the current position.
/// - Returns: nil if the system reports an error, which is then in `errno`.
package func readBytes(of descriptor: Int32, count: Int, at start: Int64? = nil) -> [UInt8]? {
  var failure: Int32?
  let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
    while filled < count {
      let rest = UnsafeMutableRawBufferPointer(
        UnsafeMutableBufferPointer(rebasing: buffer[filled...]))
      let got =
        if let start { readOnce(descriptor, at: start + Int64(filled), into: rest) } else {
          readOnce(descriptor, into: rest)
        }
      guard let got else {
        failure = errno
        return
      }
      if got == 0 { return }
      filled += got
    }
  }
  guard let failure else { return bytes }
  errno = failure
  return nil
}

/// Reads a file of unknown size, such as a pipe, from its current position to its end.
///
/// - Parameter limit: At most this number of bytes and one more are returned, so that a caller can
///   refuse longer content.
/// - Returns: nil if the system reports an error, which is then in `errno`.
package func readToEnd(of descriptor: Int32, limit: Int) -> [UInt8]? {
  var bytes: [UInt8] = []
  while bytes.count <= limit {
    let wanted = min(1 << 16, limit + 1 - bytes.count)
    guard let piece = readBytes(of: descriptor, count: wanted) else { return nil }
    bytes += piece
    if piece.count < wanted { break }
  }
  return bytes
}

/// Reads a file from its current position to its end, and passes the bytes on in pieces.
///
/// - Parameters:
///   - size: The largest piece, in bytes.
///   - take: Receives each piece. Its memory is valid during the call only.
/// - Returns: false if the system reports an error, which is then in `errno`.
/// - Throws: The errors of `take`.
package func readPieces<Failure: Error>(
  of descriptor: Int32, size: Int = 1 << 18,
  _ take: (UnsafeRawBufferPointer) throws(Failure) -> Void
) throws(Failure) -> Bool {
  let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 64)
  defer {
    // Deallocation may change `errno`.
    let code = errno
    buffer.deallocate()
    errno = code
  }
  while true {
    guard let count = readOnce(descriptor, into: buffer) else { return false }
    if count == 0 { return true }
    try take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
  }
}
