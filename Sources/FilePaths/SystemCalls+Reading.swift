import Platform

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
    let count = Platform.read(descriptor, buffer.baseAddress, buffer.count)
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { return count == 0 }
    try take(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
  }
}
