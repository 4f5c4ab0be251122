/// The SHA-256 of a file's bytes, which identifies an image everywhere.
public struct Digest: Hashable, Sendable, CustomStringConvertible {
  /// 32 bytes.
  public let bytes: [UInt8]

  /// Makes a digest from its bytes; nil unless there are 32 of them.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 32 else { return nil }
    self.bytes = Array(bytes)
  }

  /// The same for bytes in memory.
  package init?(bytes: UnsafeRawBufferPointer) {
    guard bytes.count == 32 else { return nil }
    self.bytes = Array(bytes)
  }

  /// Reads a digest of 64 hexadecimal digits, with or without `sha256:` before them.
  public init?(_ text: some StringProtocol) {
    let digits = text.hasPrefix("sha256:") ? text.dropFirst(7)[...] : text[...]
    guard let bytes = Hex.bytes(digits) else { return nil }
    self.init(bytes: bytes)
  }

  /// Computes the digest of `content`.
  public init(of content: some Sequence<UInt8>) {
    var hash = SHA256()
    if content.withContiguousStorageIfAvailable({ hash.update(UnsafeRawBufferPointer($0)) }) == nil
    {
      Array(content).withUnsafeBytes { hash.update($0) }
    }
    self.init(hash)
  }

  init(_ hash: SHA256) { bytes = hash.digest() }

  /// 64 lower-case hexadecimal digits.
  public var hex: String { Hex.string(bytes) }

  /// `sha256:` and 64 hexadecimal digits.
  public var description: String { "sha256:" + hex }
}

extension Digest: Codable {
  /// Reads the value from its text form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let digest = Digest(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a digest is sha256: and 64 hexadecimal digits")
    }
    self = digest
  }

  /// Writes the value in its text form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hex)
  }
}
