import FoundationEssentials
import Platform
import SeedbankModel

// GRDB stores blobs as Data; everywhere else bytes are [UInt8].

extension [UInt8] {
  var data: Data { Data(self) }

  /// Returns whether bytes in memory are the same.
  func isEqual(to bytes: UnsafeRawBufferPointer) -> Bool {
    guard count == bytes.count else { return false }
    guard let start = bytes.baseAddress else { return true }
    return withUnsafeBytes { own in
      own.baseAddress.map { memcmp($0, start, bytes.count) == 0 } ?? true
    }
  }
}

extension UID {
  var data: Data { Data(bytes) }
}
