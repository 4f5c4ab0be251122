import FilePaths
import SeedbankImaging
import SeedbankModel

extension ImageProducer {
  /// How the bytes of the image are changed.
  struct EncodedImage {
    var content: FileContent
    /// Signed: any edit would break the signature.
    var isSigned = false
    /// The metadata of its format can be read, but not written.
    var isUnwritable = false
    /// Its container cannot be edited safely.
    var isUnreadable = false
  }

  func encode(
    _ item: ExportPlan.Item, _ source: FilePath, _ words: MetadataWords,
    load: () throws(ExportError) -> [UInt8]
  ) throws(ExportError) -> EncodedImage {
    let plain = FileContent.library(
      path: source, digest: item.image.digest, size: item.image.bytes)
    switch options.metadata {
    case .none, .sidecar: return EncodedImage(content: plain)
    case .embed: return embedded(try load(), item.image.digest, words.copies, plain)
    case .strip: return EncodedImage(content: .bytes(try stripped(try load(), at: item.path)))
    }
  }

  private func embedded(
    _ bytes: [UInt8], _ source: Digest, _ copies: ProvenanceCopies, _ plain: FileContent
  ) -> EncodedImage {
    do {
      let document = try MetadataDocument(bytes)
      var copies = copies
      if document.hasForeignParameters { copies.parameters = nil }
      let edit = try document.embedding(copies)
      return EncodedImage(content: .edited(bytes, edit, source: source))
    } catch .contentCredentials {
      return EncodedImage(content: plain, isSigned: true)
    } catch .notWritable {
      return EncodedImage(content: plain, isUnwritable: true)
    } catch {
      // The image is more important than its metadata. It is exported unchanged, with a sidecar.
      return EncodedImage(content: plain, isUnreadable: true)
    }
  }

  /// The file without metadata, checked again afterwards.
  func stripped(
    _ bytes: [UInt8], at path: RelativePath
  ) throws(ExportError) -> [UInt8] {
    do {
      let bare = try MetadataDocument(bytes).stripping().applied(to: bytes)
      if try !MetadataDocument(bare).containsMetadata() { return bare }
    } catch {
      // A file that cannot be read cannot be cleaned either.
    }
    throw .notStripped(path: FilePath(path.description))
  }
}

extension MetadataDocument {
  /// Whether another tool wrote its own text in the same place.
  ///
  /// Its text has more information and is kept.
  fileprivate var hasForeignParameters: Bool {
    // Cameras write empty comments.
    let isBlank = metadata.parameters?.allSatisfy { $0.isWhitespace || $0 == "\0" } ?? true
    return !isBlank && metadata.xmpPacket.record == nil
  }
}
