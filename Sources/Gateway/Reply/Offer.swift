/// One image that a reply holds out.
public struct Offer: Equatable, Sendable {
  /// Counted from 1 in the reply's order; images that failed inside a group are counted too, so
  /// that reading the reply again numbers alike.
  public let position: Int
  public let source: Source
  /// `WxH` as the reply says, where it does.
  public let size: String?

  public enum Source: Equatable, Sendable {
    /// To be downloaded, and soon: it expires.
    case link(ImageLink)
    /// The image's bytes are in the reply.
    case inline(InlineImage)
    /// They were, and have given way to this text (a digest) once stored.
    case stored(String)
  }
}

/// A link to an image, printed without its signature.
public struct ImageLink: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// The URL exactly as it was given, signature and all.
  public let url: String

  public init(_ url: String) {
    self.url = url
  }

  public var description: String { ForeignText.clean(url, limit: 200) ?? "" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The bytes of an image as they stand in a reply, still in base64.
public struct InlineImage: Equatable, Sendable, CustomStringConvertible,
  CustomDebugStringConvertible, CustomReflectable
{
  /// Between the quotes, after the head of a data URL.
  let text: ArraySlice<UInt8>
  /// Backslashes have to be taken out before.
  let escaped: Bool

  /// Decodes the payload.
  public func decoded() throws(Base64Error) -> [UInt8] {
    if escaped {
      let plain = text.withUnsafeBufferPointer { JSONText.unescape($0) }
      return try plain.withUnsafeBufferPointer { bytes throws(Base64Error) in
        try Base64.decode(bytes)
      }
    }
    return try text.withUnsafeBufferPointer { bytes throws(Base64Error) in
      try Base64.decode(bytes)
    }
  }

  public var description: String { "(\(text.count) characters of base64)" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// An image of a group that did not come to be.
public struct ImageFault: Equatable, Sendable {
  public let position: Int
  public let message: GatewayMessage
}
