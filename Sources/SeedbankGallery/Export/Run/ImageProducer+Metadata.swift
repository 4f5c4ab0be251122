import FilePaths
import SeedbankImaging
import SeedbankModel

extension ImageProducer {
  /// What becomes of the image's own bytes.
  struct EncodedImage {
    var content: FileContent
    /// Signed: any edit would break the signature.
    var isSigned = false
    /// Metadata of its format is read and not written.
    var isUnwritable = false
    /// Its container can't be edited without risk.
    var isUnreadable = false
  }

  func told(
    _ item: ExportPlan.Item, _ source: FilePath, _ words: MetadataWords,
    load: () throws(ExportError) -> [UInt8]
  ) throws(ExportError) -> EncodedImage {
    let plain = FileContent.library(
      path: source, digest: item.image.digest, size: item.image.bytes)
    switch options.metadata {
    case .none, .sidecar: return EncodedImage(content: plain)
    case .embed: return embedded(try load(), item.image.digest, words.copies, plain)
    case .strip: return EncodedImage(content: .bytes(try stripped(try load(), item)))
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
      // The image is worth more than what is said of it: it goes out as it is, with a sidecar.
      return EncodedImage(content: plain, isUnreadable: true)
    }
  }

  /// The file without all that tells anything, looked at once more to be sure.
  private func stripped(
    _ bytes: [UInt8], _ item: ExportPlan.Item
  ) throws(ExportError) -> [UInt8] {
    do {
      let bare = try MetadataDocument(bytes).stripping().applied(to: bytes)
      if try !MetadataDocument(bare).containsMetadata() { return bare }
    } catch {
      // What can't be read can't be cleaned either.
    }
    throw .notStripped(path: FilePath(item.path.description))
  }
}

extension MetadataDocument {
  /// Whether another tool wrote its own text where ours would go. Theirs says more, and stays.
  fileprivate var hasForeignParameters: Bool {
    // Cameras leave room for a comment that holds nothing.
    let isBlank = metadata.parameters?.allSatisfy { $0.isWhitespace || $0 == "\0" } ?? true
    return !isBlank && metadata.xmpPacket.record == nil
  }
}
