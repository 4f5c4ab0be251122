/// Where downloaded bytes go.
public protocol DownloadSink: Sendable {
  /// Called once, before the first byte: the bytes begin at `start.offset`, and what is held beyond
  /// it is to be dropped.
  func begin(_ start: DownloadStart) async throws
  /// Called for each part in order; the next is not read from the network before this returns.
  func write(_ chunk: [UInt8]) async throws
}

/// A download that was begun before.
public struct Resumption: Equatable, Sendable {
  /// How many bytes are held.
  public let offset: Int64
  /// The ``DownloadStart/validator`` of the time; without one the server is trusted to hold the same
  /// bytes still.
  public let validator: String?

  /// Makes a start behind the bytes that are already stored.
  public init(offset: Int64, validator: String?) {
    self.offset = offset
    self.validator = validator
  }
}

/// What the server answered to the request for an image.
public struct DownloadStart: Equatable, Sendable {
  /// 0, or the resumption's offset if the server honoured it.
  public let offset: Int64
  /// The whole image's length in bytes, where it is announced.
  public let length: Int64?
  /// A strong ETag, else the date of the last change: for ``Resumption``.
  public let validator: String?
  /// As the server says; not to be believed.
  public let contentType: String?
}

/// A download that came to its end.
public struct Download: Equatable, Sendable {
  /// Where the download begins.
  public let start: DownloadStart
  /// The whole image's length in bytes, what was held before included.
  public let length: Int64
}
