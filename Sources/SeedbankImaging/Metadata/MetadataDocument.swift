/// Reads, writes and removes the metadata of an image file without changing its pixels.
public struct MetadataDocument: Sendable {
  /// The format of the file.
  public let format: ImageFormat
  /// The metadata that the file contains.
  public let metadata: EmbeddedMetadata
  let bytes: [UInt8]

  /// Reads all intact metadata.
  ///
  /// From an incomplete container, the metadata before the end is returned.
  ///
  /// - Throws: `MetadataError.notAnImage`.
  public init(_ bytes: [UInt8]) throws(MetadataError) {
    guard let format = ImageFormat(sniffing: bytes) else { throw .notAnImage }
    self.format = format
    self.bytes = bytes
    metadata = bytes.withUnsafeBytes { raw in
      switch format {
      case .jpeg: JPEGMetadata(raw).read()
      case .png: PNGMetadata(raw).read()
      case .webp: WebPMetadata(raw).read()
      case .gif: GIFMetadata(raw).read()
      case .avif, .heic, .jxl: BoxMetadata(raw, format).read()
      }
    }
  }

  /// The edit that writes the metadata and replaces earlier metadata of Seedbank.
  ///
  /// Other metadata is kept. The same metadata again changes nothing.
  ///
  /// - Throws: `MetadataError`.
  public func embedding(_ copies: ProvenanceCopies) throws(MetadataError) -> MetadataEdit {
    guard !metadata.hasContentCredentials else { throw .contentCredentials(format) }
    return try bytes.reading { (raw) throws(MetadataError) in
      switch format {
      case .jpeg: try JPEGMetadata(raw).embedding(copies, beside: metadata)
      case .png: try PNGMetadata(raw).embedding(copies, beside: metadata)
      case .webp: try WebPMetadata(raw).embedding(copies, beside: metadata)
      case .gif, .avif, .heic, .jxl: throw .notWritable(format)
      }
    }
  }

  /// The edit that removes all metadata: texts, Exif, XMP, IPTC, comments, thumbnails, signatures,
  /// unknown chunks, and bytes after the end.
  ///
  /// Colour profiles and the orientation stay, because rendering needs them. Pixels are not
  /// changed, so a text hidden in them (see `StealthMetadata`) stays too.
  ///
  /// - Throws: `MetadataError.damagedContainer`.
  public func stripping() throws(MetadataError) -> MetadataEdit {
    try bytes.reading { (raw) throws(MetadataError) in
      switch format {
      case .jpeg: try JPEGMetadata(raw).stripping()
      case .png: try PNGMetadata(raw).stripping()
      case .webp: try WebPMetadata(raw).stripping()
      case .gif, .avif, .heic, .jxl: throw .notWritable(format)
      }
    }
  }

  /// Whether anything is left that `stripping` would remove.
  ///
  /// - Throws: `MetadataError.damagedContainer`.
  public func containsMetadata() throws(MetadataError) -> Bool {
    try !stripping().isEmpty
  }
}
