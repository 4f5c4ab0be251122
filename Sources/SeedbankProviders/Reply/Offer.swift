public import SeedbankModel

/// One image that a reply offers.
public struct Offer: Equatable, Sendable {
  /// Counted from 1 in the order of the reply.
  ///
  /// Failed images of a group are counted too, so that the numbers are the same when the reply is
  /// read again.
  public let position: Int
  /// Where the image is.
  public let source: Source
  /// `WxH`, if the reply states it.
  public let size: String?

  /// The possible sources of an image.
  public enum Source: Equatable, Sendable {
    /// A link, which expires.
    case link(ImageLink)
    /// The image's bytes are in the reply.
    case inline(InlineImage)
    /// The bytes were in the reply. This text (a digest) replaced them when the image was stored.
    case stored(String)
  }
}

/// A link to an image, printed without its signature.
public struct ImageLink: Hashable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// The exact URL with its signature.
  public let url: String

  /// Makes a link from its text.
  public init(_ url: String) {
    self.url = url
  }

  /// The link, shortened and cleaned for display.
  public var description: String { PrintableText.clean(url, limit: 200) ?? "" }
  /// The same text as `description`.
  public var debugDescription: String { description }
  /// An empty mirror, so that no dump prints the content.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// The base64 of an image in a reply.
public struct InlineImage: Equatable, Sendable, CustomStringConvertible,
  CustomDebugStringConvertible, CustomReflectable
{
  /// The text between the quotes, after the head of a data URL.
  let text: ArraySlice<UInt8>
  /// Whether backslashes must be removed first.
  let escaped: Bool

  /// Decodes the payload.
  public func decoded() throws(Base64Error) -> [UInt8] {
    if escaped {
      let plain = text.withUnsafeBufferPointer { JSONEscapes.undo($0) }
      return try plain.withUnsafeBufferPointer { bytes throws(Base64Error) in
        try Base64.decode(bytes)
      }
    }
    return try text.withUnsafeBufferPointer { bytes throws(Base64Error) in
      try Base64.decode(bytes)
    }
  }

  /// Whether the first bytes are those of an image: JPEG, PNG, WebP, GIF, TIFF, AVIF or HEIC.
  var beginsAsImage: Bool {
    let beginning = text.prefix(128).withUnsafeBufferPointer {
      escaped ? JSONEscapes.undo($0) : Array($0)
    }
    let letters = beginning.filter { $0 > 0x20 }.prefix(16)
    guard let bytes = try? Array(letters).withUnsafeBufferPointer({ try Base64.decode($0) }) else {
      return false
    }
    let magic: [[UInt8]] = [
      [0xFF, 0xD8, 0xFF], [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], Array("RIFF".utf8),
      Array("GIF8".utf8), [0x49, 0x49, 0x2A, 0], [0x4D, 0x4D, 0, 0x2A],
    ]
    return magic.contains { bytes.starts(with: $0) }
      || bytes.dropFirst(4).starts(with: Array("ftyp".utf8))
  }

  /// The length of the text, never the text itself.
  public var description: String { "(\(text.count) characters of base64)" }
  /// The same text as `description`.
  public var debugDescription: String { description }
  /// An empty mirror, so that no dump prints the content.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// A failed image of a group.
public struct ImageFault: Equatable, Sendable {
  /// The position in the group, from 1.
  public let position: Int
  /// The gateway's message.
  public let message: GatewayMessage
}
