/// A receiver of downloaded bytes.
package protocol DownloadSink: Sendable {
  /// Called once, before the first byte. The bytes start at `start.offset`; stored bytes after it must be
  /// discarded.
  func begin(_ start: DownloadStart) async throws
  /// Called for each part in order; the next is not read from the network before this returns.
  func write(_ chunk: [UInt8]) async throws
}

/// An earlier download that can be resumed.
package struct Resumption: Equatable, Sendable {
  /// The number of stored bytes.
  package let offset: Int64
  /// The ``DownloadStart/validator`` of the earlier download.
  ///
  /// Without one, the server's file is assumed to be unchanged.
  package let validator: String?

  /// Makes a resumption after the bytes that are already stored.
  package init(offset: Int64, validator: String?) {
    self.offset = offset
    self.validator = validator
  }
}

/// The server's reply to the request for an image.
package struct DownloadStart: Equatable, Sendable {
  /// 0, or the offset of the resumption if the server accepted it.
  package let offset: Int64
  /// The length of the whole image in bytes, if it is announced.
  package let length: Int64?
  /// A strong ETag, else the date of the last change: for ``Resumption``.
  package let validator: String?
  /// The type that the server states.
  ///
  /// It is often wrong.
  package let contentType: String?
}

/// A finished download.
package struct Download: Equatable, Sendable {
  /// Where the download begins.
  package let start: DownloadStart
  /// The length of the whole image in bytes, with the bytes that were stored before.
  package let length: Int64
}
